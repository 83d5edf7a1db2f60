"""The demonstration: invented schools, people and reports, so that a fresh portal looks like one in use.

Everything here is made up. Schools carry 「（示例）」 in their names, telephone numbers cannot exist, mail and web
addresses end in domains that are reserved for examples.
"""
