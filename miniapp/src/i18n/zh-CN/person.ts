export const me = {
  welcome: '您好',
  why: '登录后可以在线办理、查看进度、打开证照。',
  signIn: '登录',
  signInFirst: '请先登录，再查看这里的内容。',
  signedIn: '已登录',
  signOut: '退出登录',
  realName: '已实名',
  notRealName: '在线办理前，需要完成实名认证。',
  prove: '去认证',
  saved: '已为您少交 {n} 份材料',
  cases: '我的办件',
  bookings: '我的预约',
  messages: '消息',
  family: '家人代办',
  familyNote: '替家人预约，或让家人替您预约',
  licences: '我的证照',
  favourites: '我的收藏',
  accessLog: '谁看过我的信息',
  accessLogNote: '工作人员查看您的信息都有记录',
  sessions: '登录设备',
  settings: '设置',
}

export const login = {
  title: '登录',
  text: '用手机号登录，第一次登录会自动注册。',
  phone: '手机号',
  phoneWrong: '请填写 11 位手机号码',
  code: '验证码',
  codeHint: '短信里的 6 位数字',
  codeWrong: '请填写短信里的 6 位验证码',
  send: '获取验证码',
  again: '重新获取验证码',
  wait: '{n} 秒后可以重新获取',
  sent: '验证码已发送，请查看短信。',
  go: '登录',
  help: '收不到验证码？请拨打 {hotline}，工作人员会帮您办理。',
  demo: '演示账号',
  demoText: '这是演示环境，人物都是虚构的。选择一个人，再到短信收件箱查看验证码。',
  inbox: '打开短信收件箱',
}

export const realName = {
  title: '实名认证',
  text: '请填写身份证上的姓名和号码，用于核对是您本人。',
  name: '姓名',
  nameWrong: '请填写身份证上的姓名',
  id: '身份证号码',
  idHint: '18 位，最后一位可能是 X',
  idWrong: '身份证号码不对，请核对 18 位号码',
  go: '开始认证',
  privacy: '信息加密保存，只用于办理您的事项；谁看过可以在“我的”里查看。不方便网上认证，可以到大厅办理。',
  done: '您已完成实名认证',
}

export const sessions = {
  text: '这些设备登录了您的账号。不认识的设备，请让它退出。',
  current: '本机',
  seen: '最近使用：{time}',
  end: '让它退出',
  endName: '让它退出：{device}',
}

export const accessLog = {
  text: '工作人员查看您的完整姓名、号码等信息，都要写明原因，并记在这里。',
  fields: '看了：{fields}',
  reason: '原因：{reason}',
  empty: '还没有工作人员查看过您的完整信息。',
}
