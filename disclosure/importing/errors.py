"""What is raised when a file cannot be read, and how much is read of one at most."""

from disclosure.importing.limits import SECONDS

# A report of a dozen pages is 40 kB; with photographs of the campus it may be 10 MB.
LARGEST_FILE = 20 * 1024 * 1024
# Within a zip: one part as unpacked, and all that is read of the package together.
LARGEST_PART = 32 * 1024 * 1024
LARGEST_PACKAGE = 64 * 1024 * 1024
MOST_ENTRIES = 5_000
# Tags and attributes of one XML part; a hundred pages out of Word have about 300,000. Of a page's tags.
MOST_MARKS = 800_000
MOST_TAGS = 200_000
# Cells are counted too: a table of 500 rows by six columns is 6,000.
MOST_BLOCKS = 10_000
MOST_CHARACTERS = 500_000
DEEPEST_TABLE = 6
MOST_COLUMNS = 63  # of a table, in Word


class Unreadable(Exception):
    """A file that cannot be read. ``str()`` is one Chinese sentence that says why and what to do."""


class Busy(Unreadable):
    """Nothing is wrong with the file: as many others are being read as the server bears."""


TOO_LARGE = f"文件超过 {LARGEST_FILE // 1024 // 1024} MB，请删去文件中的图片，另存后再上传。"
TOO_MUCH = "文件的内容过多，远远超出一份年度报告，请确认上传的是不是年度报告。"
BROKEN = "文件已损坏或者没有传完整，请用 Word 打开，确认无误后另存为 .docx，再重新上传。"
TOO_SLOW = f"文件过于复杂，{SECONDS} 秒内没有读完，请稍后再试，或用 Word 打开，另存为 .docx 后再上传。"
EMPTY = "文件里没有文字，请确认上传的是不是年度报告。"
