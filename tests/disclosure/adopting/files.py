"""Word files made for a test."""

from io import BytesIO

import docx


def word_file(year: int, school: str = "甲省明德学院") -> bytes:
    """A short report as a clerk's Word file, with plain paragraphs, a table of contacts and two totals at odds."""
    file = docx.Document()
    for line in (
        f"{school}{year - 1}-{year}学年度信息公开工作报告",
        f"根据《高等学校信息公开办法》，现将本学年度（{year - 1}年9月1日至{year}年8月31日）信息公开工作情况报告如下。",
        "一、概述",
        "学校把信息公开纳入年度重点工作。全年组织信息公开培训3次。",
        "二、主动公开情况",
        "通过学校官网发布信息1286条，通过微信公众号发布信息357条。",
        "三、依申请公开和不予公开情况",
        "本学年度，学校未收到信息公开申请。",
        "四、对信息公开的评议情况",
        "师生对信息公开工作总体满意，满意率为98%。",
        "五、因学校信息公开工作受到举报、复议、诉讼的情况",
        "本学年度没有因信息公开工作受到举报，没有发生行政复议和行政诉讼。",
        "六、主要经验、问题和改进措施",
        "个别栏目更新不够及时，下一步每月通报一次更新情况。",
        "七、其他需要报告的事项",
        "无其他需要报告的事项。",
    ):
        file.add_paragraph(line)
    file.add_paragraph(school)
    file.add_paragraph(f"{year}年10月20日")
    stream = BytesIO()
    file.save(stream)
    return stream.getvalue()
