"""Names after the words with which people name someone. Without such a word a name cannot be told from a word."""

import re
from collections.abc import Iterator
from typing import Final

from zhijian.tickets.rules.masking.spans import Span

_DOUBLE: Final = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|长孙|宇文|司徒|夏侯|令狐|端木|南宫|独孤|百里"
_SINGLE: Final = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷"
    "贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄"
    "危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫房解应宗丁宣邓郁单杭洪包左石崔吉钮龚程嵇邢裴陆荣翁荀羊甄封芮储靳段焦巴牧山谷车侯"
    "蓬全班仰仲伊宫宁仇栾甘厉祖武符刘景詹束龙叶幸司黎薄印白怀蒲邰从鄂索赖卓蔺屠蒙池乔闻莘党翟谭贡劳逄姬申扶堵冉宰雍桑桂濮牛寿通边扈燕冀尚农温"
    "别庄晏柴瞿阎慕连茹习艾鱼容向古易慎戈廖庾终居衡步都耿满弘匡国文寇广阙东欧利师巩聂晁勾敖融冷訾辛那简饶曾沙丰关蒯相查后荆红游竺权盖益桓公"
)
_SURNAME: Final = f"(?:{_DOUBLE}|[{_SINGLE}])"
_KIN: Final = (
    "爱人|父亲|母亲|爸爸?|妈妈?|儿子|女儿|儿媳妇?|女婿|老公|老婆|丈夫|妻子|媳妇|外公|外婆|爷爷|奶奶|姥姥|姥爷|公公|婆婆|岳父|岳母|哥哥?|姐姐?|弟弟?|妹妹?"
    "|舅舅|舅妈|小?姨妈?|姑姑|姑妈|叔叔?|伯伯|伯父|侄子|侄女|外甥女?|孙子|孙女|朋友|同事|邻居|同学|室友|徒弟"
)
_ROLES: Final = (
    "(?:系|映|诉|报|办|问|询|请|事|托|领取|收件|护|表|任|修|手|老|租|知情|害|买受|证|寄件|继承|失信|签)人|[户业车房店雇船物]主|房东|家长|老板|包工头|工头"
    "|主任|经理|队长|店长|校长|医生|大夫|老师|教练|代表|[租住商]户|门卫|楼长|交警|民警|保安|辅警|同事|同学|学生|邻居|患者|病人|死者|伤者|代办|中介|司机|驾驶员|管理员|网格员|服务员|快递员"
)
#: Words after which somebody is named; 叫, 是 or a colon may follow.
_MARKS: Final = rf"叫|姓名|名字[是叫]|署名|户名|此致(?:敬礼)?|请找|我是|本人|(?:我|他|她|咱)(?:的|家)?(?:{_KIN})|(?:{_ROLES})"
_NAMED = re.compile(
    rf"(?:{_MARKS})(?P<link>[:：,，。!\s]{{0,2}}(?:是|叫|名叫|为)?)(?P<name>{_SURNAME}(?P<given>[\u4e00-\u9fff]{{1,2}}))"
)
_CERTAIN = re.compile(rf"(?:(?:我|他|她|咱)(?:的|家)?(?:{_KIN})|(?:{_ROLES}))")
_BEGIN: Final = r"(?:^|(?<=[，。；：！？、,;:!?()（）\s\d]))"
_FULL: Final = rf"{_SURNAME}[\u4e00-\u9fff]{{1,2}}"
# Someone who stands alone beside a telephone, a sex, a word of receiving, or after 姓.
_ALONE = re.compile(
    rf"{_BEGIN}(?P<name>{_FULL})(?=[:：,，、\s(（/]{{0,2}}(?:(?:电话|手机|联系电话)[:：\s]?)?1[3-9]\d{{9}})"
    rf"|{_BEGIN}(?P<sex>{_FULL})(?=[,，]\s?[男女])"
    rf"|(?<=[0-9])[,，、\s(（]{{1,2}}(?P<after>{_FULL})(?=[)）]|[，。,]|收|$)"
    rf"|{_BEGIN}(?P<receiver>{_FULL})(?=收(?:$|[，。]))"
    rf"|(?<=的)(?P<comrade>{_FULL})(?=同志)"
    rf"|(?<=我姓)(?P<family>{_SURNAME})(?=[，。,\s])"
)
# After a name comes its end, or a word that no given name begins with.
_STOPS: Final = (
    "的在住是和与及或于从到因被把对向给跟将曾已没未不也都就才又再还很太要想请问说称家电手身年今去来办反系现男女岁驾号同等共名当怎能可户主拿签"
    "留欠推帮拒变产退查交打坐骑开租卖买写签收拖失带送拿先应认单位个这那有无得怀跑逃一二三四五六七八九十今明昨上下前后里外提每总只正"
)
_AFTER = re.compile(rf"(?:$|[^\u4e00-\u9fff]|[{_STOPS}])")
# Words that follow the marks and begin with what is also a surname.
_NOT_NAMES = re.compile(
    r"(?:安置|安全|安装|石沉|高[一二三]|包括|别人|常常|成年|成功|从事|从来|单身|单位|党员|都是|房东|高中|公司|公民|关于|管理|国家|何时|和其|后来|户口|华侨|黄色|计划|家长"
    r"|简单|解决|解释|经常|居民|居住|康复|可以|劳动|老师|利用|连续|路过|满意|慢性|明年|明天|那个|年满|农民|农村|平时|钱款|强烈|权利|全家|全部|全体|任何"
    r"|申请|身份|生病|师傅|施工|石头|时间|水电|司机|通过|退休|外地|万一|委员|温馨|文化|文件|武警|相信|向|小学|谢谢|幸好|许可|一直|应该|应届|应当"
    r"|游客|有关|于|愿意|孕|在|曾经|曾|张贴|终于|周末|周边|周围|住|主动|专门|租|走|左右|同事|老板|和我|和他|时常|时候|成为|宁可|连续|路人|支付|方便|金额"
    r"|解除|关系|关心|白天|牛奶|马上|高考|高龄|高血压|温度|古稀|容易|车祸|强行|毕业|应聘|终身|文盲|江苏|河南|广东|云南|贵州|山东|山西|海南|查询|查看|都|向|后|从|别|和|那)"
)
_TITLES = re.compile(
    r"^(?:先生|女士|小姐|师傅|老师|阿姨|叔叔|大爷|大妈|科长|主任|局长|处长|经理|老板|医生|警官|某|总)"
)


def names(text: str) -> Iterator[Span]:
    """The longest given name after which a name may end. 张先生 isn't hidden: half a city is called so."""
    place = 0
    while found := _NAMED.search(text, place):
        end = _end(text, found)
        place = end or found.start() + 1
        if end:
            yield Span(found.start("name"), end, "name")
    for found in _ALONE.finditer(text):
        group = found.lastgroup or "name"
        if not _NOT_NAMES.match(found[group]) and not _TITLES.match(found[group][1:]):
            yield Span(*found.span(group), "name")


def _end(text: str, found: "re.Match[str]") -> int:
    """Where the name ends; 0 if this is none."""
    start, given = found.start("name"), found.start("given")
    if _NOT_NAMES.match(text, start) or _TITLES.match(text[given:]):
        return 0
    for end in (found.end("given"), given + 1):
        if _AFTER.match(text, end):
            return end
    # Nothing tells where it ends: hidden whole where the words before it can only name a person.
    named = found["link"].strip() or _CERTAIN.match(found[0])
    return found.end("given") if named else 0
