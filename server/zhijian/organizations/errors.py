"""Refusals of this domain."""

from zhijian.core import errors


class PostsExclude(errors.Conflict):
    code = "organizations.posts_exclude"
    title = "这两个岗位不能由同一人担任"


class ScopeNeeded(errors.Invalid):
    code = "organizations.scope_needed"
    title = "请选择岗位的管理范围：一个部门或一个区划"


class PostUnknown(errors.Invalid):
    code = "organizations.post_unknown"
    title = "没有这个岗位，请从列表中选择"


class OwnPosts(errors.Forbidden):
    code = "organizations.own_posts"
    title = "不能给自己授予或撤销岗位，请由另一位系统管理员办理"


class LastAdministrator(errors.Conflict):
    code = "organizations.last_administrator"
    title = "这是最后一位系统管理员，请先授予另一人再撤销"


class StaffLeft(errors.Conflict):
    code = "organizations.staff_left"
    title = "该人员已离岗，不能授予岗位"


class ReceiverUnfit(errors.Invalid):
    code = "organizations.receiver_unfit"
    title = "接手的人已离岗或就是本人，请另选一位在岗的同事"


class ChoiceNeeded(errors.Invalid):
    code = "organizations.choice_needed"
    title = "请选择要做什么后再提交，没有任何改变"


class HoursWrong(errors.Invalid):
    code = "organizations.hours_wrong"
    title = "开放时间填写有误"


class DataWrong(errors.Invalid):
    code = "organizations.data_wrong"
    title = "机构数据有误，没有导入任何内容"


class NotDemo(errors.Forbidden):
    code = "organizations.not_demo"
    title = "演示数据和演示口令只能用于演示环境"


class PostNeeded(errors.Forbidden):
    code = "organizations.post_needed"
    title = "您的岗位不能打开这个页面"
