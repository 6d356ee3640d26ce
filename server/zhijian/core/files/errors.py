"""Why a file is not taken, in words that say what to do."""

from zhijian.core.errors import Invalid, TooLarge, Unavailable


class EmptyFile(Invalid):
    code = "files.empty"
    title = "这个文件是空的，请重新选择文件"


class FileTooLarge(TooLarge):
    code = "files.too_large"
    title = "文件太大，请压缩或分成几个文件后再上传"


class TypeNotAllowed(Invalid):
    code = "files.type_not_allowed"
    status = 415
    title = "不支持这种文件，请换一种格式再上传"


class DamagedFile(Invalid):
    code = "files.damaged"
    title = "文件已损坏或没有传完整，请在手机或电脑上确认能打开后重新上传"


class DangerousFile(Invalid):
    code = "files.dangerous"
    title = "文件里有不安全的内容，请另存为普通文件后再上传"


class LockedFile(Invalid):
    code = "files.locked"
    title = "文件设了密码，请去掉密码后再上传"


class ImageTooLarge(Invalid):
    code = "files.image_too_large"
    title = "图片的尺寸太大，请缩小后再上传"


class PictureLost(Invalid):
    code = "files.picture_lost"
    title = "这种图片转存后看不清内容，请用手机拍照或另存为 JPG 后再上传；原来的图片请保留"


class FileMissing(Unavailable):
    code = "files.missing"
    title = "文件暂时取不到，请稍后再试或联系工作人员"
