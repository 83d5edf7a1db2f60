"""Which province a school lies in, told by its name: provinces with their codes, and the cities in them.

Codes, provinces and prefecture-level cities, leagues and prefectures as in GB/T 2260 (行政区划代码), the names without
市, 地区, 盟 or the peoples of an autonomous prefecture. A city whose name another place in China shares is left out.
"""

import re
from dataclasses import dataclass

from disclosure.chinese.enumeration import compact


@dataclass(frozen=True)
class Region:
    """A province, region or municipality; ``short`` is the name that schools begin with."""

    code: str
    name: str
    short: str
    sign: str  # the one-character name, as in 鄂教办函
    cities: tuple[str, ...]

    @property
    def office(self) -> str:
        """The office that reviews, as it is usually called."""
        board = "教育委员会" if self.name in ("北京市", "天津市", "上海市", "重庆市") else "教育厅"
        return f"{self.name}{board}办公室"

    def head(self) -> dict[str, str]:
        """As the interchange form names a province."""
        return {"code": self.code, "name": self.name, "office": self.office}


def _region(code: str, name: str, short: str, sign: str, cities: str = "") -> Region:
    return Region(code, name, short, sign, tuple(cities.split()))


REGIONS = (
    _region("11", "北京市", "北京", "京"),
    _region("12", "天津市", "天津", "津"),
    _region("13", "河北省", "河北", "冀", "石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水"),
    _region("14", "山西省", "山西", "晋", "太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁"),
    _region(
        "15",
        "内蒙古自治区",
        "内蒙古",
        "蒙",
        "呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 兴安 锡林郭勒 阿拉善",
    ),
    _region("21", "辽宁省", "辽宁", "辽", "沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳 葫芦岛"),
    _region("22", "吉林省", "吉林", "吉", "长春 四平 辽源 通化 白山 松原 白城 延边"),
    _region(
        "23",
        "黑龙江省",
        "黑龙江",
        "黑",
        "哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化 大兴安岭",
    ),
    _region("31", "上海市", "上海", "沪"),
    _region("32", "江苏省", "江苏", "苏", "南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁"),
    _region("33", "浙江省", "浙江", "浙", "杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水"),
    _region(
        "34",
        "安徽省",
        "安徽",
        "皖",
        "合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城",
    ),
    _region("35", "福建省", "福建", "闽", "福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德"),
    _region("36", "江西省", "江西", "赣", "南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶"),
    _region(
        "37", "山东省", "山东", "鲁", "济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽"
    ),
    _region(
        "41",
        "河南省",
        "河南",
        "豫",
        "郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店 济源",
    ),
    _region(
        "42", "湖北省", "湖北", "鄂", "武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施 仙桃 潜江 天门"
    ),
    _region("43", "湖南省", "湖南", "湘", "长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 湘西"),
    _region(
        "44",
        "广东省",
        "广东",
        "粤",
        "广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 潮州 揭阳 云浮",
    ),
    _region(
        "45",
        "广西壮族自治区",
        "广西",
        "桂",
        "南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左",
    ),
    _region("46", "海南省", "海南", "琼", "海口 三亚 三沙 儋州 琼海"),
    _region("50", "重庆市", "重庆", "渝"),
    _region(
        "51",
        "四川省",
        "四川",
        "川",
        "成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳 阿坝 甘孜 凉山",
    ),
    _region("52", "贵州省", "贵州", "黔", "贵阳 六盘水 遵义 安顺 毕节 铜仁 黔西南 黔东南 黔南"),
    _region(
        "53",
        "云南省",
        "云南",
        "滇",
        "昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 楚雄 红河 文山 西双版纳 大理 德宏 怒江 迪庆",
    ),
    _region("54", "西藏自治区", "西藏", "藏", "拉萨 日喀则 昌都 林芝 山南 那曲 阿里"),
    _region("61", "陕西省", "陕西", "陕", "西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛"),
    _region("62", "甘肃省", "甘肃", "甘", "兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南 临夏 甘南"),
    _region("63", "青海省", "青海", "青", "西宁 海东 海北 黄南 果洛 玉树 海西"),
    _region("64", "宁夏回族自治区", "宁夏", "宁", "银川 石嘴山 吴忠 固原 中卫"),
    _region(
        "65",
        "新疆维吾尔自治区",
        "新疆",
        "新",
        "乌鲁木齐 克拉玛依 吐鲁番 哈密 昌吉 博尔塔拉 巴音郭楞 阿克苏 克孜勒苏 喀什 和田 伊犁 塔城 阿勒泰 石河子",
    ),
)
_NAMES = "|".join([region.name for region in REGIONS] + [region.short for region in REGIONS])
_OFFICE = re.compile(f"({_NAMES})(?:省|市)?(?:教育厅|教委|教育委员会|委教育工委)")
_SIGN = re.compile(
    f"(?<![\u4e00-\u9fff])({'|'.join(region.sign for region in REGIONS)})教[\u4e00-\u9fff]{{0,4}}[〔\\[【(]"
)


def province_of(school: str, text: str) -> Region | None:
    """The province of a school, by its name, or by the education department that ``text`` names; None where neither
    tells.
    """
    plain = compact(school)
    for region in REGIONS:
        if plain.startswith(region.short):
            return region
    for region in REGIONS:
        if plain.startswith(region.cities):
            return region
    said = compact(text)
    if match := _OFFICE.search(said):
        return next(region for region in REGIONS if match[1] in (region.name, region.short))
    if match := _SIGN.search(said):
        return next(region for region in REGIONS if region.sign == match[1])
    return None
