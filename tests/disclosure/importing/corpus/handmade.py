"""Reports written by hand, each for what is odd about it; ``@topic`` lines are filled up from the stock.

The names say the difficulty. Nothing here is a real college, person or number.
"""

from __future__ import annotations

from random import Random

from tests.disclosure.importing.corpus import stock
from tests.disclosure.importing.corpus.laying import people
from tests.disclosure.importing.corpus.writing import Contents, Writing

NOTICE = "根据《高等学校信息公开办法》（教育部令第29号）和《教育部办公厅关于做好高校信息公开年度报告工作的通知》要求，"


def filled(body: str, seed: int, me: str, year: str) -> str:
    """``body`` with its ``@section.topic`` lines replaced by one paragraph of the stock each."""
    draw, lines = Random(seed), []
    for line in map(str.strip, body.strip().splitlines()):
        if line.startswith("@"):
            section, _, topic = line[1:].partition(".")
            line = draw.choice([text for text in stock.TOPICS[section][topic] if text not in lines])
        lines.append(line)
    return "\n".join(lines).replace("{me}", me).replace("{cy}", year)


def report(
    name: str, school: str, title: str, label: str, body: str, writing: Writing, **more
) -> tuple[Contents, Writing]:
    """One report. The year is the last one that its label names; its period that school year, unless ``period`` says."""
    seed = sum(map(ord, name))
    year = int("".join(filter(str.isdigit, label))[-4:])
    more.setdefault("years", (year,))
    more.setdefault("period", f"{year - 1}-09-01/{year}-08-31" if "学年" in label else "")
    more.setdefault("date", f"{year}-10-28")
    words = {"me": writing.me, "school": school, "label": label}
    preamble = more.pop("preamble", NOTICE + "现将{school}{label}信息公开工作情况报告如下。")
    for word, value in words.items():
        preamble = preamble.replace("{" + word + "}", value)
    body = filled(body, seed, writing.me, label)
    return Contents(name, school, title, label, body=body, preamble=preamble, people=people(seed), **more), writing


HANDMADE: tuple[tuple[Contents, Writing], ...] = (
    report(
        "university-with-long-statistics",
        "北泽理工大学",
        "北泽理工大学/2018-2019学年信息公开工作年度报告",
        "2018-2019学年",
        """
        # overview: 概述
        2018-2019学年，北泽理工大学（以下简称“学校”）紧紧围绕立德树人根本任务和“双一流”建设目标，以公开促落实、促规范、促服务，信息公开工作稳步推进。
        ## 完善制度，信息公开更加规范
        学校修订了{rule=北泽理工大学信息公开实施办法|《北泽理工大学信息公开实施办法》}，把公开要求嵌入办文、办会、办事全过程。发文时须注明“主动公开”“依申请公开”或“不予公开”，本学年标注公文属性1,204件次。
        ## 加强培训，队伍能力不断提升
        2019年4月和6月，学校先后举办{training_sessions=2|2次}信息公开专题培训，来自{training_departments=61}个单位的{training_staff=143}人次参加。信息公开联络员{liaison_staff=61|61人}全部完成轮训。
        @overview.platform
        # proactive: 主动公开情况
        ## 公开渠道与数量
        学校通过信息公开网主动公开信息{disclosure_column=1,056|1,056条}，学校主页发布新闻、公告{website=3,871}条；官方微信推送图文{wechat=812}篇，总阅读量487.6万次，官方微博发布{weibo=2,309}条，粉丝31.2万人。
        印发党政文件{document=318}件，编印会议纪要{minutes=52}期，出版校报{periodical=36}期，报道学校新闻1,900余篇次。召开新闻发布会{press=4}场，校内外媒体记者120人次参加。
        ## 重点领域信息公开
        ### 招生考试信息
        @proactive.admissions
        2019年，本科招生网页面浏览量达412万人次，招生热线接听咨询电话1.6万个，寄发招生简章5万份。自主招生初审通过名单1,530人、高水平艺术团测试合格名单86人全部公示。
        ### 财务资产信息
        公开2018年部门决算：收入总计42.17亿元，支出总计39.86亿元。发布采购公告733条，中标（成交）公告701条，涉及预算金额5.2亿元。
        ### 人事师资信息
        @proactive.personnel
        ### 教学与学生服务信息
        @proactive.students
        ## 清单落实情况
        对照《清单》10大类{?items_listed=50|50}项，除{items_not_applicable=1|1}项（附属中小学教育收费）本校不涉及外，全部公开，链接有效率100%。
        # on_request: 依申请公开和不予公开情况
        ## 依申请公开
        本学年，学校共收到信息公开申请{received=9}件，比上学年减少3件。其中当面申请1件，电子邮件申请8件。申请内容涉及博士招生、职称评审、校舍建设等。
        截至2019年8月31日，已答复9件，其中同意公开{granted=4}件，同意部分公开{partly_granted=2}件，不予公开{refused=1}件，信息不存在{unavailable=2}件。未发生收费{fees_charged=0|}。
        ## 不予公开
        @on_request.refusal
        # evaluation: 对信息公开的评议情况
        学校委托第三方就信息公开开展网络评议，回收有效问卷{responses=2,046}份，其中教职工612份、学生1,434份，总体满意率{satisfaction_percent=96.3|96.3%}。分项看，招生信息满意率98.1%，财务信息满意率93.5%。
        # complaints: 因信息公开工作受到举报、复议、诉讼的情况
        本学年，学校受理行政复议{reconsiderations=1}件，复议机关决定维持{?reconsiderations_by.upheld=1|}；未发生因信息公开引起的举报{reports=0|}和诉讼{lawsuits=0|}。
        # experience: 主要经验、问题和改进措施
        ## 主要经验
        @experience.done
        ## 存在问题
        @experience.problems
        ## 改进措施
        @experience.measures
        @experience.measures
        # other: 其他需要报告的事项
        无。
        """,
        Writing(face="styles", toc="field", title="lines", extras=frozenset({"footer", "header", "split_runs"})),
        preamble="本报告依据《高等学校信息公开办法》编制。全文由概述、主动公开、依申请公开和不予公开、评议、举报复议诉讼、经验问题措施、其他事项七个部分组成。\n报告所列数据的统计期限为2018年9月1日至2019年8月31日。报告电子版可从学校信息公开网下载。",
    ),
    report(
        "vocational-college-in-four-parts",
        "临江工商职业学院",
        "临江工商职业学院2021年信息公开工作报告",
        "2021年",
        """
        # overview: 基本情况
        2021年，我院深入贯彻落实全国职业教育大会精神，坚持以公开促公正、以透明促和谐，较好地完成了各项信息公开任务。
        @overview.organisation
        @overview.rules
        # proactive: 主动公开信息情况
        ## 公开方式
        1.学院网站和二级网站；2.微信公众号“临江工商职院”；3.校务公开栏、电子屏；4.教代会、座谈会、情况通报会。
        ## 公开内容
        学院网站全年发布信息{website=864}条，微信公众号推送{wechat=295}期，校务公开栏张贴公示材料{board=47}份。
        单独招生期间，学院网站公布招生计划2600人的分专业安排，接受电话咨询3400余次。
        # evaluation+complaints: 评议和受到举报情况
        学院通过教代会代表评议、学生座谈等形式听取意见，师生普遍反映较好。全年未接到有关信息公开工作的举报和投诉{reports=0|}，未引起行政复议{?reconsiderations=0|}和诉讼{?lawsuits=0|}。
        # experience: 存在问题及改进措施
        @experience.problems
        下一步，一是强化主动公开意识，二是完善信息公开栏目，三是加强对各系部的检查考核。
        """,
        Writing(me="我院", face="bold", title="one", contacts="standard", note=True, closing="特此报告。"),
    ),
    report(
        "requests-said-in-many-ways",
        "东屿师范学院",
        "东屿师范学院/2015-2016学年度信息公开年度报告",
        "2015-2016学年度",
        """
        # overview: 信息公开工作概述
        @overview.intro
        @overview.organisation
        # proactive: 主动公开信息情况
        本学年度主动公开各类信息{total~3500|3500余条}，其中门户网站{website~2000|近2000条}、微信平台{wechat~900|九百余条}、校务公开栏{board=120|120条}。
        @proactive.finance
        @proactive.admissions
        # on_request: 依申请公开信息情况
        共收到信息公开申请{received=11|十一}件。从申请方式看，当面申请2件、信函申请4件、网络申请5件；从申请人看，{?i.received=8|}校外个人8件，{?c.received=3|}校内师生3件。
        上述申请均已办结：予以公开{granted=7|7件}，占63.6%；部分公开{partly_granted=1|1件}；因涉及个人隐私不予公开{refused_by.privacy=2|2件}{refused=2|}；申请信息不存在{unavailable=1|1件}。平均答复时间{mean_days=8.5|8.5个工作日}，最长{longest_days=15|15个工作日}。
        收取复制费{fees_charged=46.5|46.50元}，减免费用{fees_waived=0|0元}。
        # evaluation: 信息公开评议情况
        {satisfaction_percent=98|百分之九十八}的师生对学校信息公开工作表示满意或比较满意。
        # complaints: 复议、诉讼和举报情况
        本学年度收到举报{reports=3|三件}，经核查{?reports_upheld=1|1件}属实，均已办结{?reports_closed=3|}。行政复议、行政诉讼均为0件{reconsiderations=0|}{lawsuits=0|}。
        # experience: 存在的主要问题和改进措施
        @experience.problems
        - 继续抓好信息公开目录的修订和完善，保证公开的信息全面准确。
        - 每学期组织一次信息公开专项检查，检查结果在校内通报。
        - 推进办公系统与信息公开网对接，减少重复录入。
        # other: 其他需要说明的事项
        无其他需要说明的事项。
        """,
        Writing(me="学校", lists="一是", numbers="mixed", date="chinese", contacts="titled", signature="right"),
        addressee="省教育厅",
    ),
    report(
        "no-numbers-at-all-faces-only",
        "青澜农林大学",
        "青澜农林大学信息公开年报/（2019—2020学年）",
        "2019—2020学年",
        """
        # overview: 总体情况
        @overview.intro
        ## 加强组织领导
        @overview.organisation
        ## 规范审查发布
        @overview.rules
        # proactive: 信息主动公开情况
        ## 公开的渠道
        官网发布信息{website=2,120|2,120条}；“青澜农林”微信公众号发布文章{wechat=430|430篇}；视频号、抖音号发布短视频{video=88|88个}；OA系统发布通知{intranet=1,764|1,764条}。
        ## 公开的内容
        @proactive.basic
        @proactive.students
        @proactive.international
        # on_request: 信息依申请公开情况
        学年内未收到任何形式的信息公开申请{received=0|}。
        # evaluation: 社会评议情况
        @evaluation.prose
        # complaints: 投诉举报情况
        没有因信息公开遭到举报{reports=0|}。
        # experience: 经验、不足与努力方向
        @experience.done
        @experience.problems
        # other: 其他事项
        疫情防控期间，学校每日在官网更新防控通告，累计发布防控信息216条。
        """,
        Writing(levels=("", "", "1.", "（1）"), face="font", title="lines", signature="none", numbers="plain"),
        period="2019-09-01/2020-08-31",
    ),
    report(
        "whole-report-in-one-cell",
        "南麓医药高等专科学校",
        "南麓医药高等专科学校/2020年度信息公开工作报告",
        "2020年度",
        """
        # overview: 工作概况
        @overview.intro
        @overview.training
        # proactive: 主动公开工作情况
        学校通过校园网发布信息{website=512}条，通过微信公众平台发布信息{wechat=188}条，编发《南麓医专简报》{periodical=14}期。
        | 公开类别 | 主要内容 | 公开方式 |
        | 招生信息 | 招生章程、计划、录取结果 | 校园网、招生专刊 |
        | 财务信息 | 预决算、收费标准 | 校园网、公示栏 |
        | 人事信息 | 招聘、职称、评优 | OA、公示栏 |
        # on_request: 依申请公开情况
        2020年度共受理依申请公开事项{received=1}件，已按规定予以公开{granted=1|}。
        # evaluation: 评议情况
        @evaluation.survey
        # complaints: 举报情况
        @complaints.none
        # experience: 问题与改进措施
        @experience.problems
        @experience.measures
        """,
        Writing(me="学校", container="cell", face="font", contacts="merged", closing="特此报告", date="spaced"),
        period="2020-01-01/2020-12-31",
        years=(2020, 2021),
        date="2020-12-25",
        preamble="按照省教育厅关于编制高校信息公开年度报告的要求，现将我校2020年度信息公开工作情况报告如下。统计时间为2020年1月1日至2020年12月31日。",
    ),
    report(
        "red-head-and-annexes",
        "西川科技职业大学",
        "西川科技职业大学关于报送2022-2023学年/信息公开工作年度报告的报告",
        "2022-2023学年",
        """
        # overview: 信息公开工作基本情况
        @overview.organisation
        @overview.platform
        # proactive: 主动公开情况
        ## 学校网站
        全年更新信息{website=1,733|1,733条}，页面访问量92万次。
        ## 新媒体
        官方微信公众号发布{wechat=641|641条}，官方微博发布{weibo=377|377条}，官方抖音发布{video=129|129条}。
        ## 校内渠道
        通过OA发布公告通知{intranet=986|986条}，电子屏、宣传栏更新{board=210|210期}。
        # on_request: 依申请公开和不予公开情况
        @on_request.none
        # evaluation: 对信息公开的评议情况
        @evaluation.survey
        # complaints: 因学校信息公开工作受到举报、复议、诉讼的情况
        @complaints.none
        # experience: 主要经验、问题和改进措施
        ## 主要经验
        @experience.done
        ## 主要问题
        @experience.problems
        ## 改进措施
        @experience.measures
        # other: 其他需要报告的事项
        无。
        """,
        Writing(
            letterhead="red",
            note=True,
            items=True,
            contacts="numbered",
            signature="right",
            date="arabic",
            closing="特此报告。",
            extras=frozenset({"footer"}),
        ),
        addressee="省教育厅办公室",
    ),
    report(
        "arabic-first-level",
        "明湖职业技术学院",
        "明湖职业技术学院2016年信息公开工作年度报告",
        "2016年",
        """
        # overview: 概述
        @overview.intro
        ## 领导重视，责任明确
        @overview.organisation
        ## 制度健全，管理规范
        @overview.rules
        # proactive: 学院信息公开情况
        ## 主动公开信息的数量
        学院网站发布新闻617条{website=617|}，其中“信息公开”专栏发布信息{disclosure_column=73|73条}，微信推送信息{wechat=212|212条}。
        ## 主动公开的主要内容
        @proactive.personnel
        @proactive.finance
        # on_request: 收到和处理信息公开申请情况
        今年以来学院没有收到公开信息的书面申请{received=0|}。
        # evaluation: 社会公众和师生评议情况
        @evaluation.prose
        # complaints: 信息公开投诉情况
        学院没有发生因信息公开引起的投诉举报{reports=0|}、行政复议{reconsiderations=0|}、行政诉讼{lawsuits=0|}案件。
        # experience: 下一步工作打算
        @experience.measures
        @experience.measures
        """,
        Writing(
            levels=("1、", "（1）", "①", "A."), me="学院", face="plain", indent="spaces", title="one", date="padded"
        ),
    ),
    report(
        "first-level-in-brackets-under-parts",
        "金沙岭师范学院",
        "金沙岭师范学院/2013—2014学年信息公开年度报告",
        "2013—2014学年",
        """
        # overview: 信息公开工作概况
        @overview.intro
        @overview.organisation
        # -: 信息公开工作开展情况
        #> proactive: 主动公开情况
        本学年，学院通过门户网站发布各类信息1390条{website=1390|}，发放《学生手册》2800册，编发工作简报{periodical=22|22期}。
        @proactive.admissions
        #> on_request: 依申请公开情况
        @on_request.none
        #> evaluation: 对信息公开的评议情况
        无。
        #> complaints: 受到举报、复议、诉讼情况
        无。{reports=0|}{reconsiderations=0|}{lawsuits=0|}
        # experience: 存在的问题与改进措施
        @experience.problems
        @experience.measures
        """,
        Writing(me="学院", face="bold", signature="date_only", date="zero"),
    ),
    report(
        "numbers-made-by-word",
        "云岭理工大学",
        "云岭理工大学/2021-2022学年信息公开工作报告",
        "2021-2022学年",
        """
        # overview: 概述
        @overview.intro
        ## 健全工作机制
        @overview.organisation
        ## 加强业务培训
        组织专题培训{training_sessions=3|三次}，培训信息员{training_staff=96|96人次}。
        # proactive: 主动公开情况
        ## 总体数据
        本学年主动公开信息总数为{total=5,210|5,210条}，其中：官网{website=3,100|3,100条}，微信{wechat=1,450|1,450条}，微博{weibo=660|660条}。
        ## 重点内容
        - 学校章程、发展规划和年度工作要点，均在官网“学校概况”栏目公布。
        - 本科教学质量报告、就业质量报告按时发布，并向社会公众开放下载。
        - 公开招标项目147个，中标金额3.3亿元，全部在采购网公示。
        # on_request: 依申请公开和不予公开情况
        ## 依申请公开
        共收到申请{received=5|5件}，全部予以公开{granted=5|}。
        ## 不予公开
        未发生不予公开的情形{refused=0|}。
        # evaluation: 评议情况
        @evaluation.survey
        # complaints: 举报、复议、诉讼情况
        @complaints.none
        # experience: 经验、问题和措施
        @experience.done
        @experience.measures
        # other: 其他需要报告的事项
        无。
        """,
        Writing(generated=True, lists="ordered", face="outline", contacts="transposed"),
    ),
    report(
        "part-words-as-numbers",
        "海宁湾大学",
        "海宁湾大学2017-2018学年信息公开年度报告",
        "2017-2018学年",
        """
        # overview: 信息公开总体概况
        @overview.intro
        ## 机构队伍
        @overview.organisation
        ## 制度规程
        @overview.rules
        # proactive: 主动公开信息的情况
        ## 网络平台公开情况
        学校官网“海大要闻”“综合新闻”“通知公告”栏目共发布{website=2,844|2,844条}信息；信息公开网发布{disclosure_column=399|399条}信息。
        ## 新媒体公开情况
        官方微信发文{wechat=505|505篇}，官方微博发文{weibo=1,118|1,118条}。
        # on_request: 依申请公开与不予公开的情况
        收到依申请公开{received=2|2件}，因内容不明确退回补正1件，申请人逾期未补正，不予处理{not_processed=1|1件}；同意公开{granted=1|1件}。
        # evaluation+complaints: 对信息公开的评议和投诉举报情况
        各方面评价良好。没有收到针对信息公开的投诉举报{reports=0|}。
        # experience: 主要做法、存在问题与改进思路
        @experience.done
        @experience.problems
        @experience.measures
        # other: 附注
        以上数据由各单位提供，学校办公室汇总。
        """,
        Writing(levels=("第一部分 ", "一、", "（一）", "1."), face="centred", toc="typed", title="one", date="dotted"),
    ),
    report(
        "web-page-named-doc",
        "北泽工商职业学院",
        "北泽工商职业学院/2014年信息公开工作年度报告",
        "2014年",
        """
        # overview: 工作概述
        @overview.intro
        @overview.rules
        # proactive: 主动公开信息情况
        截至2014年12月，学院在网站公布信息{website=403|403条}，以文件形式公开{document=96|96件}，以会议纪要形式公开{minutes=21|21期}，以公示栏形式公开{board=58|58次}。
        @proactive.basic
        # on_request: 依申请公开信息情况
        没有。{received=0|}
        # evaluation: 评议情况
        @evaluation.prose
        # complaints: 举报情况
        没有受到举报{reports=0|}。
        # experience: 主要问题和改进措施
        @experience.problems
        # other: 其它需要报告的事项
        没有其它需要报告的事项。
        """,
        Writing(kind="word_html", me="学院", contacts="no_mobile", date="arabic", signature="right"),
        period="2014-01-01/2014-12-31",
        years=(2014, 2015),
        preamble="按照《高等学校信息公开办法》第二十五条规定，特向社会公布北泽工商职业学院2014年信息公开工作年度报告。本报告统计期限从2014年1月1日到2014年12月31日。",
    ),
    report(
        "pasted-from-a-web-page",
        "临江大学",
        "临江大学2019-2020学年信息公开工作报告",
        "2019-2020学年",
        """
        # overview: 概述
        @overview.intro
        ## 加强组织保障
        @overview.organisation
        # proactive: 主动公开情况
        ## 主动公开信息数量
        | 序号 | 公开渠道 | 数量（条） |
        | 1 | 学校官网 | {website=4,025} |
        | 2 | 信息公开专栏 | {disclosure_column=611} |
        | 3 | 微信公众号 | {wechat=1,030} |
        | 4 | 新浪微博 | {weibo=872} |
        | 合计 | < | {total=6,538} |
        ## 主动公开内容
        @proactive.students
        # on_request: 依申请公开和不予公开情况
        @on_request.some
        # evaluation: 对信息公开的评议情况
        @evaluation.survey
        # complaints: 因学校信息公开工作受到举报、复议、诉讼的情况
        @complaints.some
        # experience: 主要经验、问题和改进措施
        @experience.done
        @experience.problems
        # other: 其他需要报告的事项
        无。
        """,
        Writing(kind="pasted", face="font", title="one", contacts="list"),
    ),
    report(
        "old-doc-with-merged-contacts",
        "东屿医药高等专科学校",
        "东屿医药高等专科学校/2012-2013学年信息公开工作年度报告",
        "2012-2013学年",
        """
        # overview: 概述
        @overview.intro
        @overview.training
        # proactive: 主动公开情况
        学校通过网站公开信息{website=278|278条}，通过校报公开信息{periodical=24|24条}，通过宣传橱窗公开信息{board=36|36期}。
        @proactive.ways
        @proactive.ways
        # on_request: 依申请公开和不予公开情况
        @on_request.none
        @on_request.refusal
        # evaluation: 对信息公开的评议情况
        @evaluation.prose
        # complaints: 因学校信息公开工作受到举报的情况
        @complaints.none
        # experience: 信息公开工作的主要经验、存在的问题和改进措施
        @experience.done
        @experience.problems
        @experience.measures
        # other: 其他需要报告的事项
        @other.address
        """,
        Writing(kind="doc", contacts="merged", note=True, date="chinese"),
        addressee="省教育厅",
    ),
    report(
        "rtf-with-spread-title",
        "青澜职业技术学院",
        "青澜职业技术学院/2020-2021学年度信息公开工作年度报告",
        "2020-2021学年度",
        """
        # overview: 总体情况
        @overview.intro
        # proactive: 主动公开情况
        ## 公开渠道
        @proactive.count
        ## 主要内容
        @proactive.finance
        # on_request: 依申请公开和不予公开情况
        @on_request.some
        # evaluation: 评议情况
        @evaluation.survey
        # complaints: 举报、复议、诉讼情况
        @complaints.some
        # experience: 主要经验、问题和改进措施
        @experience.problems
        - 健全信息公开考核机制，将考核结果与部门评优挂钩。
        - 加大宣传力度，使师生了解信息公开的途径和申请办法。
        """,
        Writing(kind="rtf", title="spread", levels=("一．", "（一）", "１．", "（１）"), lists="（1）", numbers="full"),
    ),
    report(
        "resaved-by-libreoffice",
        "西川农林大学",
        "西川农林大学/2023-2024学年信息公开工作报告",
        "2023-2024学年",
        """
        # overview: 工作概述
        @overview.intro
        ## 组织领导
        @overview.organisation
        ## 平台建设
        @overview.platform
        # proactive: 主动公开工作情况
        ## 公开数量
        @proactive.count
        ## 清单落实
        《清单》共10类{items_listed=50|50项}，其中{items_not_applicable=4|4项}学校不涉及，其余46项全部公开。
        # on_request: 依申请公开和不予公开情况
        @on_request.some
        # evaluation: 评议情况
        @evaluation.survey
        # complaints: 举报、复议、诉讼情况
        @complaints.none
        # experience: 经验、问题和改进措施
        @experience.done
        @experience.problems
        # other: 其他事项
        无。
        """,
        Writing(
            kind="resaved",
            face="styles",
            generated=True,
            contacts="standard",
            extras=frozenset({"footnote", "textbox"}),
        ),
    ),
    report(
        "sections-held-by-line-breaks",
        "南麓师范学院",
        "南麓师范学院/2018年信息公开工作报告",
        "2018年",
        """
        # overview: 信息公开工作概述
        @overview.intro
        @overview.organisation
        # proactive: 主动公开情况
        2018年学院官网共发布信息{website=745|745条}，官方微信公众号推送{wechat=266|266条}。
        @proactive.basic
        # on_request: 依申请公开和不予公开情况
        @on_request.none
        # evaluation: 评议情况
        @evaluation.prose
        # complaints: 举报、复议和诉讼情况
        @complaints.none
        # experience: 主要经验、问题和改进措施
        @experience.problems
        @experience.measures
        # other: 其他需要报告的事项
        无。
        """,
        Writing(soft="section", me="学院", face="bold", signature="one_line"),
    ),
    report(
        "headings-run-in",
        "明湖理工大学",
        "明湖理工大学2015年度信息公开工作报告",
        "2015年度",
        """
        # overview: 概述
        2015年，学校不断健全信息公开工作机制，稳步推进各项工作。
        ## 加强领导 || 成立信息公开工作领导小组，校长任组长，定期研究部署工作，全年召开专题会议4次。
        ## 完善制度 || 修订保密审查制度，严格落实“三审三校”。
        # proactive: 主动公开情况
        学校主动公开信息{total=2,306|2306条}。其中，网站公开{website=1,902|1902条}，公众号公开{wechat=404|404条}。
        ## 招生信息 || 公布招生章程、分省计划和录取分数线，招生咨询会现场发放材料1.5万份。
        ## 财务信息 || 公布年度预决算，总收入6.8亿元。
        # on_request: 依申请公开情况
        @on_request.none
        # evaluation: 评议情况
        师生满意度为{satisfaction_percent=94.7|94.7%}。
        # complaints: 举报情况
        全年收到有关信息公开的举报{reports=1|1起}，查实{reports_upheld=0|0起}，已办结{reports_closed=1|1起}。
        # experience: 问题和改进措施
        @experience.problems
        """,
        Writing(h1_run_in="：", face="bold", title="one", signature="left"),
    ),
    report(
        "calendar-year-with-government-table",
        "海宁湾理工大学",
        "海宁湾理工大学/2022年度信息公开工作年度报告",
        "2022年度",
        """
        # overview: 总体情况
        @overview.intro
        @overview.rules
        # proactive: 主动公开情况
        @proactive.count
        @proactive.items
        # on_request: 收到和处理信息公开申请情况
        2022年，学校收到和处理信息公开申请的情况如下表。{?refused=1|}{?i.refused=1|}{?o.refused=0|}
        | （本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） | < | < | 申请人情况 | < | < |
        | ^ | ^ | ^ | 自然人 | 法人或其他组织 | 总计 |
        | 一、本年新收信息公开申请数量 | < | < | {?i.received=6} | {?o.received=2} | {received=8} |
        | 二、上年结转信息公开申请数量 | < | < | {?i.carried_in=1} | {?o.carried_in=0} | {carried_in=1} |
        | 三、本年度办理结果 | （一）予以公开 | < | {?i.granted=3} | {?o.granted=1} | {granted=4} |
        | ^ | （二）部分公开 | < | {?i.partly_granted=1} | {?o.partly_granted=0} | {partly_granted=1} |
        | ^ | （三）不予公开 | 1.属于国家秘密 | {?i.refused_by.state_secret=0} | {?o.refused_by.state_secret=0} | {refused_by.state_secret=0} |
        | ^ | ^ | 2.涉及个人隐私 | {?i.refused_by.privacy=1} | {?o.refused_by.privacy=0} | {refused_by.privacy=1} |
        | ^ | ^ | 3.其他法律法规禁止公开 | {?i.refused_by.other_rule=0} | {?o.refused_by.other_rule=0} | {?refused_by.other_rule=0} |
        | ^ | （四）无法提供 | 本机关不掌握相关信息 | {?i.unavailable=1} | {?o.unavailable=1} | {?unavailable=2} |
        | ^ | （五）不予处理 | 重复申请 | {?i.not_processed=0} | {?o.not_processed=0} | {?not_processed=0} |
        | 四、结转下年度继续办理 | < | < | {?i.carried_out=1} | {?o.carried_out=0} | {carried_out=1} |
        # evaluation: 对信息公开的评议情况
        @evaluation.prose
        # complaints: 信息公开行政复议、行政诉讼情况
        {reconsiderations=0|}{lawsuits=0|}{?reports=0|}未发生。
        # experience: 存在的主要问题及改进情况
        @experience.problems
        @experience.measures
        # other: 其他需要报告的事项
        2022年度未发出收费通知，未收取信息处理费{?fees_charged=0|}。
        """,
        Writing(face="font", contacts="forms", signature="right", date="iso"),
        period="2022-01-01/2022-12-31",
        years=(2022, 2023),
        date="2023-01-18",
        preamble="本年度报告数据统计时限为2022年1月1日至2022年12月31日。",
    ),
    report(
        "traps-for-figures",
        "金沙岭大学",
        "金沙岭大学/2016-2017学年信息公开工作年度报告",
        "2016-2017学年",
        """
        # overview: 概述
        学校现有教职工2683人，其中专任教师1702人，全日制在校生28450人；设有学院22个，本科专业71个。
        全年召开信息公开领导小组会议2次，下发通知6份，开展专项检查2次，整改问题13个。
        # proactive: 主动公开情况
        本学年通过学校门户网站公开信息{website=2,415|2415条}，较上学年的2103条增加312条，增长14.8%；其中部门动态类1380条，通知公告类735条，学术讲座类300条。
        微信公众号关注人数9.8万，推送消息{wechat=540|540条}，单条最高阅读6.3万次。
        学校召开教代会1次，收到提案64件，立案51件；校长信箱收到来信{?hotline=233|233封}，回复率100%。
        发布招标公告128条、中标公示119条。2017年计划招生7200人，录取7188人，报到率98.6%。
        资助学生9120人次，金额2,860.5万元；勤工助学岗位1100个，发放酬金312万元。
        # on_request: 依申请公开和不予公开情况
        学校在网站公布了受理部门、地址和电话0898-80550000，承诺15个工作日内答复。2016-2017学年没有收到申请{received=0|}。
        # evaluation: 评议情况
        学校组织评议会3场，参会代表145人，提出建议28条，采纳21条。
        # complaints: 因信息公开受到举报、复议、诉讼情况
        纪检监察部门全年受理各类信访举报41件，其中涉及信息公开的{reports=0|0件}。
        # experience: 经验、问题和改进措施
        @experience.done
        计划用2年时间建成3个校级公开示范单位，力争满意度达到98%以上。
        # other: 其他需要报告的事项
        无。
        """,
        Writing(face="size", spaced=True, me="学校", letterhead="name", contacts="stacked"),
    ),
    report(
        "order-of-sections-changed",
        "云岭科技职业大学",
        "云岭科技职业大学2023年信息公开工作报告",
        "2023年",
        """
        # overview: 信息公开工作总体情况
        @overview.intro
        # on_request: 依申请公开工作情况
        @on_request.none
        # proactive: 主动公开工作情况
        @proactive.count
        @proactive.personnel
        # complaints: 信息公开工作受到举报情况
        @complaints.none
        # evaluation: 师生对信息公开工作的评价
        @evaluation.prose
        # other: 其他需要报告的事项
        无。
        # experience: 工作中存在的问题及努力方向
        @experience.problems
        @experience.measures
        """,
        Writing(face="styles", title="one", contacts="prose", levels=("一.", "（一）", "1.", "（1）")),
        addressee="省教育厅办公室",
    ),
    report(
        "eight-parts-with-the-items",
        "北泽职业技术学院",
        "北泽职业技术学院/2014-2015学年信息公开年度报告",
        "2014-2015学年",
        """
        # overview: 概述
        @overview.intro
        # proactive: 主动公开情况
        @proactive.count
        # on_request: 依申请公开情况
        本学年依申请公开信息0条{received=0|}。
        # on_request: 不予公开情况
        本学年不予公开信息0条{refused=0|}。
        # evaluation: 评议情况
        @evaluation.prose
        # complaints: 举报情况
        @complaints.none
        # experience: 主要经验
        @experience.done
        # experience: 存在问题和改进措施
        @experience.problems
        """,
        Writing(
            levels=("（一）", "1.", "（1）", "①"), face="font", items=True, contacts="no_email", signature="after_annex"
        ),
    ),
    report(
        "edited-by-many-hands",
        "东屿科技职业大学",
        "东屿科技职业大学/2022-2023学年度信息公开工作报告",
        "2022-2023学年度",
        """
        # overview: 工作概述
        @overview.intro
        ## 强化组织领导
        @overview.organisation
        ## 强化制度建设
        @overview.rules
        # proactive: 主动公开情况
        ## 公开渠道及数量
        @proactive.count
        ## 公开内容
        @proactive.admissions
        @proactive.finance
        # on_request: 依申请公开和不予公开情况
        @on_request.some
        # evaluation: 评议情况
        @evaluation.survey
        # complaints: 举报、复议、诉讼情况
        @complaints.none
        # experience: 主要经验、问题和改进措施
        @experience.done
        @experience.problems
        # other: 其他事项
        无。
        """,
        Writing(
            face="named",
            contacts="standard",
            extras=frozenset(
                ("tracked", "comments", "footnote", "textbox", "picture", "control", "split_runs", "hyperlinks")
            ),
        ),
    ),
    report(
        "form-with-one-row-a-section",
        "海宁湾职业技术学院",
        "海宁湾职业技术学院2019年信息公开年报",
        "2019年",
        """
        # overview: 概述
        @overview.intro
        # proactive: 主动公开情况
        @proactive.count
        @proactive.students
        # on_request: 依申请公开和不予公开情况
        @on_request.none
        # evaluation: 对信息公开的评议情况
        @evaluation.prose
        # complaints: 因信息公开工作受到举报、复议、诉讼的情况
        @complaints.none
        # experience: 主要经验、问题和改进措施
        @experience.problems
        # other: 其他需要报告的事项
        无。
        """,
        Writing(container="frame", face="font", title="one", me="学院", signature="right"),
    ),
    report(
        "channels-in-a-table-with-notes",
        "青澜师范学院",
        "青澜师范学院/2020—2021学年信息公开工作报告",
        "2020—2021学年",
        """
        # overview: 概述
        @overview.intro
        # proactive: 主动公开情况
        ## 公开渠道统计
        | 公开方式 | 单位 | 数量 | 备注 |
        | 学校门户网站 | 条 | {website=1,388} | 不含二级网站 |
        | 官方微信公众号 | 篇 | {wechat~450|约450} | 阅读量62万 |
        | 抖音号 | 个 | {video=77} |  |
        | 校务公开栏 | 次 | {board=39} | 办公楼2块、图书馆1块 |
        | 党政公文 | 份 | {document=164} |  |
        ## 分类统计
        | 类别 | 公开条数 |
        | 基本信息 | 116 |
        | 招生考试信息 | 243 |
        | 财务、资产及收费信息 | 87 |
        # on_request: 依申请公开和不予公开情况
        @on_request.none
        # evaluation: 评议情况
        收回调查问卷{responses=840|840份}，满意{satisfaction_percent=91|91％}，基本满意7％，不满意2％。
        # complaints: 举报、复议、诉讼情况
        @complaints.none
        # experience: 主要经验、问题和改进措施
        @experience.done
        @experience.measures
        # other: 其他需要报告的事项
        无。
        """,
        Writing(face="font", lists="bullet", contacts="titled", indent="spaces"),
    ),
    report(
        "office-system-page",
        "临江师范学院",
        "临江师范学院/2017年信息公开工作年度报告",
        "2017年",
        """
        # overview: 概述
        @overview.intro
        ## 健全机制
        @overview.organisation
        # proactive: 主动公开情况
        @proactive.count
        @proactive.ways
        # on_request: 依申请公开和不予公开情况
        @on_request.none
        # evaluation: 评议情况
        @evaluation.prose
        # complaints: 举报情况
        @complaints.none
        # experience: 问题和改进措施
        @experience.problems
        - 加强信息公开目录建设，及时更新栏目内容。
        - 加强监督检查，定期通报各部门信息公开情况。
        # other: 其他事项
        无。
        """,
        Writing(kind="cms_html", me="学院", indent="spaces", face="bold", lists="①", contacts="merged"),
    ),
    report(
        "from-the-founding-date",
        "南麓科技职业大学",
        "南麓科技职业大学/2024年度信息公开工作报告",
        "2024年度",
        """
        # overview: 概述
        学校于2023年5月26日经教育部批准设立，是一所全日制公办本科层次职业学校。办学伊始，学校即把信息公开作为现代大学制度建设的重要内容。
        学校出台{rule=南麓科技职业大学信息公开管理办法（试行）|《南麓科技职业大学信息公开管理办法（试行）》}，建立起由{liaison_staff=29|29名}信息公开联络员组成的队伍。
        # proactive: 主动公开情况
        自2023年5月26日至2024年11月30日，学校官网发布信息{website=968|968条}，微信公众号发布{wechat=524|524条}，视频号发布{video=61|61条}。
        # on_request: 依申请公开和不予公开情况
        未接收到任何组织和个人的信息公开申请{received=0|}。
        # evaluation: 评议情况
        @evaluation.survey
        # complaints: 举报、复议、诉讼情况
        @complaints.none
        # experience: 存在问题和改进措施
        @experience.problems
        # other: 其他需要报告的事项
        无其他需要报告的事项。
        """,
        Writing(me="学校", face="bold", contacts="standard", note=True, date="padded"),
        period="2023-05-26/2024-11-30",
        date="2024-12-05",
        preamble="现将南麓科技职业大学2024年度信息公开工作情况报告如下。本报告统计期限为2023年5月26日至2024年11月30日。",
    ),
    report(
        "roman-parts-dated-under-the-title",
        "西川大学",
        "西川大学/2011-2012学年信息公开工作年度报告",
        "2011-2012学年",
        """
        # overview: 概述
        @overview.intro
        ## 组织机构
        @overview.organisation
        # proactive: 主动公开信息情况
        ## 数量
        @proactive.count
        ## 类别
        @proactive.basic
        @proactive.international
        # on_request: 依申请公开信息情况
        @on_request.some
        # evaluation: 对学校信息公开工作的评议
        @evaluation.prose
        # complaints: 因信息公开受到投诉的情况
        @complaints.none
        # experience: 经验、问题与对策
        @experience.done
        @experience.problems
        @experience.measures
        """,
        Writing(levels=("Ⅰ.", "一、", "1.", "（1）"), face="font", signature="under_title", date="arabic"),
    ),
    report(
        "summary-figures-in-prose",
        "明湖农林大学",
        "明湖农林大学/2021-2022学年度信息公开工作报告",
        "2021-2022学年度",
        """
        # overview: 信息公开工作概述
        @overview.intro
        累计开展信息公开业务培训{training_sessions=5|5场次}，覆盖{training_staff=312|312人次}。
        # proactive: 主动公开情况
        一学年来，学校共主动公开信息{total~8000|8000余条}。
        （1）网站。学校主页及信息公开网累计发布信息{website=5,406|5406条}。
        （2）微信。“明湖农大”微信公众号累计发布信息{wechat~1200|1200多条}。
        （3）简报。编发《信息摘报》{periodical=31|31期}。
        （4）电子屏。滚动播放公示公告{board=166|166条}。
        # on_request: 依申请公开和不予公开情况
        收到申请{received=4|4件}，其中，{?c.received=1|}校内教职工申请1件，{?i.received=3|}社会人员申请3件。结果为：公开{granted=2|2件}，不属于信息公开申请范围不予处理{not_processed=1|1件}，转下学年办理{carried_out=1|1件}。
        # evaluation: 对信息公开的评议情况
        根据评议结果，满意率{satisfaction_percent=97.2|97.2%}，参评{responses=356|356人}。
        # complaints: 因信息公开工作受到举报、复议、诉讼的情况
        被申请行政复议{reconsiderations=2|2件}，其中维持{reconsiderations_by.upheld=1|1件}、尚未审结{reconsiderations_by.pending=1|1件}；被提起行政诉讼{lawsuits=0|0件}；受理举报{reports=0|0件}。
        # experience: 主要经验、存在问题及改进措施
        @experience.done
        @experience.problems
        # other: 其他需要报告的事项
        无。
        """,
        Writing(face="plain", me="学校", contacts="numbered", levels=("一、", "（一）", "1.", "①")),
    ),
)
