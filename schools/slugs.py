"""The name of a school in public addresses: its pinyin, word by word, 「湖南大学」 → ``hunan-daxue``."""

import re

from schools.models import School

MAX_LENGTH = School._meta.get_field("slug").max_length

# The words that names of colleges are made of; what stands between them is one word.
_WORDS = (
    "大学 学院 学校 专科 高等 职业 技术 技师 师范 幼儿 教育 工业 工程 工贸 工商 农业 林业 水利 电力 医学 医药 中医药 卫生 "
    "健康 理工 科技 交通 运输 铁道 航空 航天 邮电 电子 信息 民族 财经 经济 贸易 商务 管理 政法 警官 外国语 艺术 美术 音乐 "
    "体育 传媒 旅游 建筑 建设 机电 轻工 纺织 食品 城市 开放 广播 电视"
)
_SPLIT = re.compile(f"({'|'.join(sorted(_WORDS.split(), key=len, reverse=True))})")


def suggest_slug(name: str) -> str:
    """The pinyin of a school's name, in lower case; "" where the name has no letter or Chinese character."""
    from pypinyin import lazy_pinyin  # loading its dictionary would be a third of the start of every command

    pinyin = lazy_pinyin(name, errors=list)  # one entry a character
    words, position = [], 0
    for word in filter(None, _SPLIT.split(name)):
        syllables = pinyin[position : position + len(word)]
        position += len(word)
        words += re.findall(r"[a-z0-9]+", "".join(syllables).lower())
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:MAX_LENGTH]
        if len(longer) > MAX_LENGTH:
            break
        slug = longer
    return slug


def free_slug(name: str) -> str:
    """``suggest_slug``, with a number behind it where another school has it already."""
    base = suggest_slug(name) or "xuexiao"
    taken = set(School.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base[: MAX_LENGTH - len(str(number)) - 1]}-{number}"
    return slug
