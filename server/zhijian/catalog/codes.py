"""Code lists of the service item (GB/T 39046, appendix A).

A code or its word are both accepted on import (``01`` = ``许可`` = ``行政许可``); the code is stored.
"""

from django.db.models import TextChoices


class ItemKind(TextChoices):
    """事项类型."""

    PERMIT = "01", "行政许可"
    PENALTY = "02", "行政处罚"
    COERCION = "03", "行政强制"
    LEVY = "04", "行政征收"
    PAYMENT = "05", "行政给付"
    INSPECTION = "06", "行政检查"
    CONFIRMATION = "07", "行政确认"
    REWARD = "08", "行政奖励"
    RULING = "09", "行政裁决"
    OTHER = "10", "其他行政权力"
    PUBLIC_SERVICE = "20", "公共服务"


class Level(TextChoices):
    """行使层级."""

    NATION = "1", "国家级"
    PROVINCE = "2", "省级"
    CITY = "3", "市级"
    COUNTY = "4", "县级"
    TOWN = "5", "镇（乡、街道）级"
    VILLAGE = "6", "村（社区）级"


class Audience(TextChoices):
    """服务对象."""

    PERSON = "1", "自然人"
    ENTERPRISE = "2", "企业法人"
    INSTITUTION = "3", "事业法人"
    SOCIAL = "4", "社会组织法人"
    GOVERNMENT = "5", "行政机关"
    OTHER = "6", "其他组织"


class Channel(TextChoices):
    """办理形式."""

    WINDOW = "1", "窗口办理"
    COMPUTER = "2", "电脑端办理"
    MOBILE = "3", "移动端办理"
    COURIER = "4", "快递申请"
    OTHER = "9", "其他"


class CaseType(TextChoices):
    """办件类型."""

    INSTANT = "1", "即办件"
    PROMISED = "2", "承诺件"
    OTHER = "9", "其他"


class SpecialProcedure(TextChoices):
    """特别程序."""

    EXTENSION = "1", "延长审批"
    OTHER = "2", "其他特别程序"


class MaterialType(TextChoices):
    """材料类型."""

    ORIGINAL = "original", "原件"
    COPY = "copy", "复印件"
    BOTH = "both", "原件和复印件"


class MaterialForm(TextChoices):
    """材料形式."""

    PAPER = "paper", "纸质"
    ELECTRONIC = "electronic", "电子"
    BOTH = "both", "纸质或电子"


class Necessity(TextChoices):
    """材料必要性; DEFERRED is conditional acceptance 容缺受理."""

    REQUIRED = "required", "必要"
    OPTIONAL = "optional", "非必要"
    DEFERRED = "deferred", "容缺后补"


class MaterialSource(TextChoices):
    """来源渠道."""

    APPLICANT = "applicant", "申请人自备"
    GOVERNMENT = "government", "政府部门核发"
    OTHER = "other", "其他"


class OnlineDepth(TextChoices):
    """网上办理深度."""

    CONSULT = "1", "网上咨询"
    PREVIEW = "2", "网上预审"
    ACCEPT = "3", "网上受理"
    WHOLE = "4", "全程网办"


class Handling(TextChoices):
    """How this city's citizens can handle the item, honestly."""

    ONLINE = "online", "网上申请"
    VISIT = "visit", "预约后到场"
    GUIDE = "guide", "仅提供指南"


class SubjectNature(TextChoices):
    """实施主体性质."""

    STATUTORY = "1", "法定机关"
    AUTHORISED = "2", "授权组织"
    DELEGATED = "3", "受委托组织"


class ResultKind(TextChoices):
    """审批结果类型."""

    LICENCE = "licence", "证照"
    APPROVAL = "approval", "批文"
    CERTIFICATE = "certificate", "证明"
    PAYMENT = "payment", "资金"
    OTHER = "other", "其他"
