"""The audit trail's events in Chinese, for the audit administrator's screen."""

from zhijian.appointments.words import AUDITED as APPOINTMENTS
from zhijian.cases.rules.acts import Action
from zhijian.consultations.words import AUDITED as CONSULTATIONS
from zhijian.content.words import AUDITED as CONTENT
from zhijian.editorial.words import audited
from zhijian.messaging.words import AUDITED as MESSAGING
from zhijian.ratings.words import AUDITED as RATINGS
from zhijian.tickets.words import AUDITED as TICKETS

EVENTS: dict[str, str] = {
    **{f"case.{action.value}": f"办件：{action.label}" for action in Action if action is not Action.DISCARD},
    "case.opened": "办件：建立草稿",
    "case.discarded": "办件：删除草稿",
    "case.refreshed": "办件：草稿换到新版指南",
    "case.file_given": "办件：上传材料",
    "case.file_removed": "办件：删除材料",
    "case.file_viewed": "办件：查看材料",
    "case.document_made": "办件：制作文书",
    "case.foreign": "办件：越权访问他人办件",
    "case.out_of_scope": "办件：越权访问范围外办件",
    "case.post_forbids": "办件：岗位不符的操作",
    "access.refused": "打开无权页面",
    "view.opened": "打开页面",
    "citizen.registered": "自然人：注册",
    "citizen.real_named": "自然人：实名认证",
    "citizen.settings": "自然人：修改设置",
    "citizen.revealed": "查看个人信息",
    "citizens.loaded": "载入演示人员",
    "citizens.demo_closed": "关闭演示人员",
    "login_code.requested": "申请登录验证码",
    "delegation.asked": "代办：请求",
    "delegation.agreed": "代办：同意",
    "delegation.ended": "代办：解除",
    "delegation.foreign": "代办：越权访问",
    "session.started": "申请人登录",
    "session.ended": "申请人退出",
    "session.others_ended": "申请人退出其他设备",
    "staff.password_changed": "工作人员：修改密码",
    "staff.left": "工作人员：离岗",
    "staff.restored": "工作人员：恢复在岗",
    "staff.work_moved": "工作人员：移交手上的工作",
    "staff.demo_passwords": "设置演示密码",
    "staff.demo_closed": "关闭演示账号",
    "post.granted": "授予岗位",
    "post.revoked": "撤销岗位",
    "hall.hours_changed": "修改大厅开放时间",
    "calendar.entered": "录入工作日历",
    "organizations.loaded": "载入机构数据",
    "catalog.loaded": "载入事项数据",
    "city.published": "发布城市文件",
    **audited("item", "事项"),
    "item.imported": "事项：导入",
    "item.withdrawn": "事项：停止办理",
    "licence.issued": "证照：签发",
    "licence.revoked": "证照：撤销",
    "licence.document_made": "证照：生成文件",
    "licence.foreign": "证照：越权访问他人证照",
    **APPOINTMENTS,
    **CONTENT,
    **TICKETS,
    **CONSULTATIONS,
    **RATINGS,
    **MESSAGING,
}
