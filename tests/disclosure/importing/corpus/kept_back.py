"""Reports written by hand that were kept back from whoever wrote the import, until it was done."""

from tests.disclosure.importing.corpus.handmade import report as _report
from tests.disclosure.importing.corpus.writing import Contents, Writing

KEPT_BACK: tuple[tuple[Contents, Writing], ...] = (
    _report(
        "numbers-gone-wrong",
        "宁溪财经职业学院",
        "宁溪财经职业学院/2019年度信息公开工作报告",
        "2019年度",
        """
        # overview: =一、概  述
        {me}按照“以公开为原则、不公开为例外”的要求，稳妥推进各项公开工作。
        ## 机制建设
        信息公开领导小组由9人组成，办公室设在党政办。
        # proactive: =二 、主动公开情况：
        2019年，官网发布信息{website=1,024|1,024条}，公众号推送消息{wechat=318|318条}，校园广播播出节目{?other=220|220}期。
        # on_request: =二、依申请公开和不予公开情况
        2019年未受理依申请公开事项{received=0|}。
        # evaluation: =4、 对信息公开的评议情况
        师生对信息公开工作较为满意，未收到负面评价。
        # complaints: =五、因学校信息公开工作受到举报、复议、诉讼的情况。
        无。{reports=0|}{reconsiderations=0|}{lawsuits=0|}
        # experience: =六，主要经验、问题和改进措施
        ## 经验
        @experience.done
        ## 问题
        @experience.problems
        # other: =七. 其他需要报告的事项
        无。
        """,
        Writing(face="font", me="我院", signature="sealed", contacts="standard"),
        preamble="",
    ),
    _report(
        "form-of-two-columns",
        "浦原农业职业技术学院",
        "浦原农业职业技术学院2022-2023学年信息公开工作报告",
        "2022-2023学年",
        """
        # overview: 概述
        {me}高度重视信息公开工作，成立专班，落实专人，召开专题会议3次。
        开展培训{training_sessions=2|2次}，{training_staff=74|74人次}参训。
        # proactive: 主动公开情况
        通过官网公开{website=655|655条}，通过微信公开{wechat=402|402条}，通过宣传栏公开{board=66|66条}。
        # on_request: 依申请公开和不予公开情况
        未收到公开申请{received=0|}。
        # evaluation: 对信息公开的评议情况
        满意率{satisfaction_percent=95.5|95.5%}。
        # complaints: 因信息公开工作受到举报、复议、诉讼的情况
        均为0{reports=0|}{reconsiderations=0|}{lawsuits=0|}。
        # experience: 主要经验、问题和改进措施
        ## 经验
        领导重视是关键，制度完善是保障，群众参与是基础。
        ## 问题与改进
        公开的及时性还需加强，下一步将优化流程、压实责任。
        # other: 其他需要报告的事项
        无。
        """,
        Writing(container="form", face="plain", title="one", signature="right"),
    ),
    _report(
        "two-years-side-by-side",
        "岚江科技大学",
        "岚江科技大学/2020-2021学年信息公开工作年度报告",
        "2020-2021学年",
        """
        # overview: 信息公开工作概况
        2020-2021学年，{me}持续深化“阳光治校”，R&D经费、科研诚信等信息首次纳入公开范围，指标值均为“<5%”。
        全校共有信息公开联络员{liaison_staff=48|48名}。
        # proactive: 主动公开情况
        | 公开渠道 | 2019-2020学年（条） | 2020-2021学年（条） | 增长 |
        | 学校官网 | 2210 | {website=2456} | 11.1% |
        | 微信公众号 | 715 | {wechat=803} | 12.3% |
        | 合计 | 2925 | {total=3259} | 11.4% |
        与上一学年相比，主动公开数量增加334条。
        # on_request: 依申请公开情况
        上一学年收到申请4件，本学年收到申请{received=2|2件}，予以公开{granted=1|1件}，部分公开{partly_granted=1|1件}。
        # evaluation: 信息公开评议情况
        2021年6月，组织师生代表80人开展评议，{satisfaction_percent=92|92%}的代表评价为“好”或“较好”。
        # complaints: 举报、复议、诉讼情况
        没有发生{reports=0|}{reconsiderations=0|}{lawsuits=0|}。
        # experience: 存在的不足和改进的措施
        @experience.problems
        @experience.measures
        """,
        Writing(face="styles", me="学校", contacts="merged", numbers="plain", imprint=True),
    ),
    _report(
        "five-parts-with-split-requests",
        "靖远师范高等专科学校",
        "靖远师范高等专科学校2017年度信息公开工作报告",
        "2017年度",
        """
        # overview: 加强领导，健全信息公开工作机制
        {me}党委始终把信息公开作为民主办学的重要途径，修订完善相关制度5项。
        @overview.organisation
        # proactive: 主动公开学校信息的基本情况
        全年在学校网站公布各类信息共计{website=489|489条}。编印《靖师简报》{periodical=18|18期}，召开情况通报会4次。
        ## 招生就业信息
        公布招生计划1500人，就业率95.02%。
        ## 财务信息
        公布收费项目12项。
        # on_request: 依申请公开信息的办理情况
        共收到书面申请{received=1|1份}，经审查属于可以公开的范围，已在10个工作日内予以公开{granted=1|}。
        # complaints: 因信息公开工作引发的举报、申诉情况
        没有接到相关举报{reports=0|}。
        # experience: 当前工作中存在的困难和今后的工作设想
        @experience.problems
        - 继续加大投入，改善信息公开的条件。
        - 强化信息员培训，稳定信息员队伍。
        """,
        Writing(
            levels=("一.", "（一）", "1.", "（1）"),
            me="学校",
            face="bold",
            lists="——",
            signature="right",
            date="chinese",
        ),
        period="2017-01-01/2017-12-31",
        years=(2017, 2018),
        date="2018-01-05",
        preamble="现将{school}{label}信息公开工作情况报告如下，统计时间从2017年1月1日起至2017年12月31日止。",
    ),
    _report(
        "pasted-as-plain-text",
        "槐城信息职业技术学院",
        "槐城信息职业技术学院/2023-2024学年信息公开工作报告",
        "2023-2024学年",
        """
        # overview: 工作概述
        2023-2024学年，{me}以师生需求为导向，做好信息发布、解读和回应工作。
        ## 明确职责
        党政办牵头，27个部门参与。
        ## 加强审核
        执行“一稿三审”，发现并纠正错误表述46处。
        # proactive: 主动公开情况
        一是学院官网，发布新闻和通知{website=1,207|1,207条}；二是官方公众号，推送{wechat=511|511期}；三是电子显示屏，滚动信息{board=95|95条}。
        # on_request: 依申请公开和不予公开情况
        申请公开{received=0|0件}，不予公开{refused=0|0件}。
        # evaluation: 对信息公开的评议情况
        向师生发放电子问卷，回收{responses=688|688份}，满意度{satisfaction_percent=97|97%}。
        # complaints: 因信息公开工作受到举报、复议、诉讼的情况
        无举报{reports=0|}，无复议{reconsiderations=0|}，无诉讼{lawsuits=0|}。
        # experience: 主要经验、问题和改进措施
        @experience.done
        @experience.problems
        # other: 其他需要报告的事项
        无。
        """,
        Writing(kind="text", indent="spaces", signature="left", contacts="list", me="学院"),
    ),
    _report(
        "parts-with-chapters",
        "岚江大学",
        "岚江大学信息公开年度报告/（2014-2015学年）",
        "2014-2015学年",
        """
        # overview: 信息公开工作概况
        ## 领导体制与工作机制
        @overview.organisation
        ## 制度建设与业务培训
        学校组织信息公开专员培训{training_sessions=4|4场}，参加人员{training_staff=230|230人次}。
        # -: 信息公开基本数据与情况
        #> proactive: 主动公开情况
        学校通过“信息岚大”网发布信息{disclosure_column=1,530|1530条}，校园主页发布新闻{website=2,960|2960条}，官方微博发布{weibo=3,300|3300条}。
        ### 事业发展信息
        @proactive.basic
        ### 财务信息
        @proactive.finance
        #> on_request: 依申请公开情况
        2014年9月至2015年8月，学校接到信息公开申请{received=14|14件}，其中3件系重复申请不予处理{not_processed=3|}，予以公开{granted=8|8件}，部分公开{partly_granted=1|1件}，不予公开{refused=2|2件}。
        #> evaluation: 评议情况
        社会各界总体评价良好。
        #> complaints: 复议、诉讼、举报情况
        发生行政诉讼{lawsuits=1|1件}，法院判决驳回原告诉讼请求{?lawsuits_by.upheld=1|}；无行政复议{reconsiderations=0|}和举报{reports=0|}。
        # experience: 存在问题与改进措施
        @experience.problems
        @experience.measures
        """,
        Writing(levels=("第一部分　", "一、", "（一）", "1."), face="size", toc="field", signature="none", me="学校"),
    ),
    _report(
        "contacts-within-the-last-section",
        "临泽铁道职业学院",
        "临泽铁道职业学院/2021-2022学年度信息公开年度报告",
        "2021-2022学年度",
        """
        # overview: 概述
        @overview.intro
        @overview.platform
        # proactive: 主动公开信息情况
        ## 门户网站
        发布信息{website=777|777条}。
        ## 微信公众号
        发布图文信息{wechat=324|324条}，粉丝增长至2.1万人。
        ## 视频号
        发布短视频{video=56|56个}，播放41万次。
        ## 纸质媒介
        印发文件{document=142|142份}、会议纪要{minutes=27|27份}。
        # on_request: 依申请公开和不予公开信息情况
        未收到依申请公开的申请{received=0|}。
        # evaluation: 评议情况
        @evaluation.prose
        # complaints: 受到举报、复议、诉讼情况
        未出现受到举报{reports=0|}、复议{reconsiderations=0|}、诉讼{lawsuits=0|}的情况。
        # experience: 主要经验、问题和改进措施
        @experience.done
        @experience.problems
        # other: 其他需要报告的事项
        无。
        """,
        Writing(face="outline", generated=True, me="学院", contacts="forms", note=True, closing="特此报告。"),
        addressee="省教育厅办公室",
    ),
    _report(
        "wordy-preamble-with-headings-named",
        "宁溪医科大学",
        "宁溪医科大学2018-2019学年度信息公开工作年度报告",
        "2018-2019学年度",
        """
        # overview: 信息公开工作总体情况
        @overview.intro
        ## 党委高度重视
        @overview.organisation
        # proactive: 主动公开的情况
        ## 概述
        学校累计主动公开信息{total~4500|约4500条}。
        ## 具体情况
        官方网站{website~3000|3000余条}、官方微信{wechat~900|近九百条}、官方微博{weibo~600|六百多条}。
        @proactive.students
        # on_request: 依申请公开的情况和不予公开的情况
        ## 依申请公开的情况
        未收到申请{received=0|}。
        ## 不予公开的情况
        @on_request.refusal
        # evaluation: 信息公开的评议情况
        百分之九十六的师生对学校信息公开表示满意{satisfaction_percent=96|}。
        # complaints: 因信息公开受到举报、复议、诉讼的情况
        没有{reports=0|}{reconsiderations=0|}{lawsuits=0|}。
        # experience: 信息公开工作主要经验、存在的问题和改进的措施
        ## 主要经验
        @experience.done
        ## 存在的问题
        @experience.problems
        ## 改进措施
        @experience.measures
        # other: 其他需要报告的事项
        无。
        """,
        Writing(face="bold", title="one", me="学校", date="spaced", contacts="transposed", spaced=True),
        period="2018-09-01/2019-08-31",
        preamble="根据教育部要求，特编制本年度报告。全文包括信息公开工作总体情况，主动公开的情况，依申请公开的情况和不予公开的情况，信息公开的评议情况，因信息公开受到举报、复议、诉讼的情况，主要经验、存在的问题和改进的措施，其他需要报告的事项等七个部分。\n本报告统计时段为2018年9月1日至2019年8月31日。报告电子版可在学校信息公开网（http://xxgk.example.edu.cn）下载。如有疑问，请联系学校办公室（电话：028-85550101）。",
    ),
    _report(
        "old-doc-of-a-private-college",
        "浦原外国语学院",
        "浦原外国语学院/2016年度信息公开报告",
        "2016年度",
        """
        # overview: 基本情况
        {me}是一所民办本科高校，董事会领导下的院长负责制运行良好。
        @overview.rules
        # proactive: 信息公开的内容和形式
        ## 内容
        @proactive.admissions
        @proactive.finance
        ## 形式
        学院网站公开{website=342|342条}，电子屏公开{board=51|51条}，微信公众平台公开{wechat=198|198条}。
        # on_request: 申请公开信息情况
        全年没有单位或个人申请公开信息{received=0|}。
        # evaluation: 社会评议情况
        @evaluation.prose
        # complaints: 举报投诉情况
        全年没有收到关于信息公开的投诉{reports=0|}。
        # experience: 不足之处和改进措施
        @experience.problems
        """,
        Writing(kind="doc", me="学院", face="bold", signature="right", contacts="no_mobile"),
    ),
    _report(
        "statistics-annexed",
        "靖远理工学院",
        "靖远理工学院/2022年度信息公开工作报告",
        "2022年度",
        """
        # overview: 概述
        @overview.intro
        # proactive: 主动公开情况
        主动公开情况详见下表。
        | 类别 | 渠道 | 公开数（条） |
        | 线上 | 学校门户网 | {website=1,905} |
        | ^ | 官方微信 | {wechat=688} |
        | ^ | 官方抖音 | {video=102} |
        | 线下 | 校报 | {periodical=16} |
        | ^ | 公告栏 | {board=73} |
        | 总计 | < | {total=2,784} |
        # on_request: 依申请公开和不予公开情况
        | 项目 | 数量（件） |
        | 收到申请数 | {received=5} |
        | 予以公开数 | {granted=3} |
        | 部分公开数 | {partly_granted=0} |
        | 不予公开数 | {refused=2} |
        | 结转下年度 | {carried_out=0} |
        # evaluation: 对信息公开的评议情况
        @evaluation.survey
        # complaints: 因学校信息公开工作受到举报、复议、诉讼的情况
        | 项目 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |
        | 行政复议 | {reconsiderations_by.upheld=1} | {reconsiderations_by.corrected=0} | {reconsiderations_by.other=0} | {reconsiderations_by.pending=0} | {reconsiderations=1} |
        | 行政诉讼 | {lawsuits_by.upheld=0} | {lawsuits_by.corrected=0} | {lawsuits_by.other=0} | {lawsuits_by.pending=0} | {lawsuits=0} |
        未收到举报{reports=0|}。
        # experience: 主要经验、问题和改进措施
        @experience.done
        @experience.problems
        # other: 其他需要报告的事项
        无。
        """,
        Writing(face="font", me="学校", items=True, contacts="stacked", letterhead="red", signature="sealed"),
        addressee="省教育厅",
    ),
    _report(
        "web-page-with-a-layout-table",
        "槐城大学",
        "槐城大学2012-2013学年信息公开工作年度报告",
        "2012-2013学年",
        """
        # overview: 概述
        @overview.intro
        @overview.training
        # proactive: 信息主动公开情况
        @proactive.count
        @proactive.basic
        # on_request: 信息依申请公开情况
        @on_request.some
        # evaluation: 对信息公开工作的评议情况
        @evaluation.prose
        # complaints: 因信息公开工作受到举报的情况
        @complaints.none
        # experience: 主要经验、存在问题及改进措施
        @experience.done
        @experience.problems
        # other: 其他事项
        无。
        """,
        Writing(kind="word_html", generated=True, face="styles", title="one", signature="one_line", contacts="titled"),
    ),
    _report(
        "headings-broken-over-lines",
        "临泽美术学院",
        "临泽美术学院/信息公开工作年度报告/（2019-2020学年）",
        "2019-2020学年",
        """
        # overview: 学院信息公开工作概述
        @overview.intro
        ## 组织保障
        @overview.organisation
        # proactive: 主动公开信息的情况
        ## 渠道
        网站{website=401|401条}，微信公众号{wechat=266|266条}，宣传橱窗{board=24|24期}。
        ## 内容
        @proactive.personnel
        # on_request: 依申请公开及不予公开的情况
        未收到相关申请{received=0|}。
        # evaluation+complaints: 对信息公开的评议情况及受到举报、复议、诉讼的情况
        总体评价较好。未发生举报{reports=0|}、复议{reconsiderations=0|}、诉讼{lawsuits=0|}。
        # experience: 问题与改进
        @experience.problems
        """,
        Writing(soft="heading", face="bold", me="学院", signature="spaces", date="zero", extras=frozenset({"tracked"})),
    ),
)
