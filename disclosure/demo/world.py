"""Who takes part in the demonstration: provinces, schools, people, and where each school's report stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from schools.enums import Level, Ownership

MARK = "（示例）"
PASSWORD = "xxgk-demo-2026"  # noqa: S105 — public on purpose, and told wherever it is in use


class Stage(Enum):
    """How far a report has come."""

    NOT_STARTED = auto()
    EMPTY_DRAFT = auto()
    HALF_DRAFT = auto()
    COPIED_DRAFT = auto()
    FULL_DRAFT = auto()
    WAIVER_ASKED = auto()
    AWAITING_SIGNOFF = auto()
    DECLINED = auto()
    SUBMITTED = auto()
    SUBMITTED_LATE = auto()
    RECALLED = auto()
    RETURNED = auto()
    HALF_MENDED = auto()
    RESUBMITTED = auto()
    PUBLISHED = auto()
    PUBLISHED_AFTER_RETURN = auto()
    PUBLISHED_LATE = auto()
    CORRECTING = auto()
    CORRECTION_SUBMITTED = auto()
    CORRECTED = auto()
    CORRECTED_TWICE = auto()
    WITHDRAWN = auto()
    REOPENED = auto()
    BACKFILLED = auto()


@dataclass(frozen=True)
class DemoProvince:
    """A province. ``closes`` is the last day of a campaign, as month and day; ``days_left`` that of the current one."""

    key: str
    code: str
    name: str
    closes: tuple[int, int]
    days_left: int

    @property
    def office(self) -> str:
        return f"{self.name}教育厅办公室"


@dataclass(frozen=True)
class DemoSchool:
    """A school. ``key`` begins its accounts' names; ``past`` maps years ago to what is unlike the rule there."""

    province: str
    key: str
    name: str
    city: str
    stage: Stage
    level: Level = Level.VOCATIONAL
    ownership: Ownership = Ownership.PUBLIC
    signatory: bool = False
    past: Mapping[int, Stage] = field(default_factory=dict)
    founded: int = 4  # years ago

    @property
    def full_name(self) -> str:
        return f"{self.name}{MARK}"


PROVINCES = (
    DemoProvince("jiangsu", "32", "江苏省", (11, 30), days_left=10),
    DemoProvince("sichuan", "51", "四川省", (10, 31), days_left=-20),
    DemoProvince("gansu", "62", "甘肃省", (12, 15), days_left=25),
)

_U, _A = Level.UNDERGRADUATE, Level.ADULT
_PRIVATE = Ownership.PRIVATE
S = Stage

SCHOOLS = (
    DemoSchool("jiangsu", "yunhe", "运河文理学院", "扬州市", S.HALF_DRAFT, _U, signatory=True, past={1: S.CORRECTED}),
    DemoSchool("jiangsu", "qinhuai", "秦淮工商职业学院", "南京市", S.RETURNED, past={2: S.PUBLISHED_LATE}),
    DemoSchool("jiangsu", "taihu", "太湖水工职业技术学院", "无锡市", S.AWAITING_SIGNOFF, signatory=True),
    DemoSchool("jiangsu", "yuntai", "云台师范高等专科学校", "连云港市", S.SUBMITTED, past={1: S.PUBLISHED_LATE}),
    DemoSchool("jiangsu", "changdang", "长荡湖农业职业学院", "常州市", S.EMPTY_DRAFT, past={3: S.NOT_STARTED}),
    DemoSchool("jiangsu", "jinling", "金陵渡艺术学院", "镇江市", S.PUBLISHED, _U, _PRIVATE, signatory=True),
    DemoSchool("jiangsu", "lixiahe", "里下河医药高等专科学校", "泰州市", S.RESUBMITTED, signatory=True),
    DemoSchool("jiangsu", "guazhou", "瓜洲航务职业学院", "扬州市", S.NOT_STARTED, past={1: S.PUBLISHED_AFTER_RETURN}),
    DemoSchool("jiangsu", "maoshan", "茅山旅游职业学院", "镇江市", S.WAIVER_ASKED, ownership=_PRIVATE),
    DemoSchool("jiangsu", "baimahu", "白马湖理工大学", "淮安市", S.CORRECTING, _U, signatory=True),
    DemoSchool("jiangsu", "shijiu", "石臼轻工职业技术学院", "南京市", S.NOT_STARTED, founded=2),
    DemoSchool("jiangsu", "hongze", "洪泽生态工程学院", "淮安市", S.COPIED_DRAFT, _U, _PRIVATE, past={2: S.CORRECTED}),
    DemoSchool("jiangsu", "dongguan", "东关街传媒职业学院", "扬州市", S.RECALLED, ownership=_PRIVATE, founded=3),
    DemoSchool("jiangsu", "subei", "苏北社区开放大学", "盐城市", S.NOT_STARTED, _A, past={4: S.NOT_STARTED}),
    DemoSchool("jiangsu", "haohe", "濠河纺织职业学院", "南通市", S.SUBMITTED, signatory=True),
    DemoSchool("jiangsu", "haizhou", "海州湾大学", "连云港市", S.PUBLISHED_AFTER_RETURN, _U, signatory=True),
    DemoSchool("sichuan", "minjiang", "岷江源大学", "成都市", S.CORRECTED_TWICE, _U, signatory=True),
    DemoSchool("sichuan", "jinli", "锦里文理学院", "成都市", S.PUBLISHED, _U, _PRIVATE, past={2: S.WITHDRAWN}),
    DemoSchool("sichuan", "qingyi", "青衣江职业技术学院", "乐山市", S.SUBMITTED_LATE, signatory=True),
    DemoSchool("sichuan", "dadu", "大渡河水电职业学院", "雅安市", S.PUBLISHED, past={1: S.PUBLISHED_AFTER_RETURN}),
    DemoSchool("sichuan", "qionglai", "邛崃山林业职业学院", "雅安市", S.HALF_DRAFT, past={2: S.PUBLISHED_LATE}),
    DemoSchool("sichuan", "fujiang", "涪江工程职业学院", "绵阳市", S.RETURNED, signatory=True),
    DemoSchool("sichuan", "shudao", "蜀道运输职业技术学院", "广元市", S.CORRECTED, signatory=True),
    DemoSchool("sichuan", "jialing", "嘉陵医学高等专科学校", "南充市", S.SUBMITTED, past={3: S.CORRECTED_TWICE}),
    DemoSchool("sichuan", "longquan", "龙泉汽车工程职业学院", "成都市", S.NOT_STARTED, ownership=_PRIVATE),
    DemoSchool("sichuan", "jinsha", "金沙江民族师范学院", "攀枝花市", S.WITHDRAWN, _U, signatory=True),
    DemoSchool("sichuan", "anju", "安居农商职业学院", "遂宁市", S.PUBLISHED_LATE, past={2: S.NOT_STARTED}),
    DemoSchool("sichuan", "pingle", "平乐古镇旅游学院", "成都市", S.HALF_MENDED, _U, _PRIVATE, founded=3),
    DemoSchool("sichuan", "tuojiang", "沱江财经职业学院", "内江市", S.SUBMITTED, signatory=True),
    DemoSchool("sichuan", "chuanxi", "川西社区开放大学", "成都市", S.EMPTY_DRAFT, _A, past={1: S.WITHDRAWN}),
    DemoSchool("gansu", "qilian", "祁连大学", "兰州市", S.PUBLISHED, _U, signatory=True, past={1: S.CORRECTED}),
    DemoSchool("gansu", "hexi", "河西走廊职业学院", "张掖市", S.HALF_DRAFT, past={1: S.PUBLISHED_LATE}),
    DemoSchool("gansu", "yumen", "玉门关能源职业技术学院", "酒泉市", S.SUBMITTED, signatory=True),
    DemoSchool("gansu", "taohe", "洮河农林职业学院", "定西市", S.NOT_STARTED),
    DemoSchool("gansu", "longshang", "陇上师范高等专科学校", "天水市", S.CORRECTION_SUBMITTED),
    DemoSchool("gansu", "kongtong", "崆峒中医药职业学院", "平凉市", S.DECLINED, signatory=True),
    DemoSchool("gansu", "shilin", "黄河石林旅游职业学院", "白银市", S.NOT_STARTED, ownership=_PRIVATE, founded=1),
    DemoSchool("gansu", "jinchuan", "金川矿冶工程学院", "金昌市", S.REOPENED, _U, past={3: S.CORRECTED}),
    DemoSchool("gansu", "mingsha", "鸣沙艺术职业学院", "酒泉市", S.EMPTY_DRAFT, ownership=_PRIVATE),
    DemoSchool("gansu", "weiyuan", "渭源理工学院", "定西市", S.FULL_DRAFT, _U, signatory=True),
    DemoSchool("gansu", "gulang", "古浪财贸职业学院", "武威市", S.NOT_STARTED, past={2: S.PUBLISHED_AFTER_RETURN}),
    DemoSchool("gansu", "longdong", "陇东社区开放大学", "庆阳市", S.NOT_STARTED, _A, past={4: S.NOT_STARTED}),
)

# The accounts that are named where the portal is started: login name → what there is to see.
SHOWN_ACCOUNTS = {
    "yunhe": "填写中的报告，「评议」部分有检查出的问题；与下一个账号同时编辑，可以看到内容冲突时的处理",
    "yunhe-2": "同一学校的另一位填报人",
    "yunhe-leader": "同一学校的分管领导",
    "taihu-leader": "有一份报告等待审签",
    "qinhuai": "被退回的报告，有待答复的审核意见",
    "hongze": "填写中的报告，「评议」部分有一段与别校已公开的报告相同",
    "maoshan": "填好的报告，有一处已申请豁免",
    "guazhou": "还没有开始填报，可以从上年报告开始",
    "baimahu": "正在更正已发布的报告",
    "jiangsu-reviewer": "待审核的报告，未截止的填报任务",
    "sichuan-reviewer": "已截止的填报任务，有逾期未报的学校",
    "jiangsu-admin": "管理本省的学校、账号和填报任务",
    "operator": "全部数据的维护（/operator/）",
}
