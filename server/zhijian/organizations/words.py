"""The audit trail's events of this domain in Chinese."""

AUDITED: dict[str, str] = {
    "access.refused": "打开无权页面",
    "view.opened": "打开页面",
    "staff.password_changed": "工作人员：修改密码",
    "staff.left": "工作人员：离岗",
    "staff.restored": "工作人员：恢复在岗",
    "staff.work_moved": "工作人员：移交手上的工作",
    "staff.demo_passwords": "设置演示密码",
    "staff.demo_closed": "关闭演示账号",
    "post.granted": "授予岗位",
    "post.revoked": "撤销岗位",
    "hall.hours_changed": "修改大厅开放时间",
    "organizations.loaded": "载入机构数据",
}
