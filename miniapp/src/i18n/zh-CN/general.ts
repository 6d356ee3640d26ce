export const common = {
  back: '返回',
  cancel: '取消',
  home: '回首页',
  loading: '正在加载',
  more: '查看更多',
  no: '否',
  yes: '是',
  optional: '（选填）',
  retry: '重试',
  range: '{from}至{to}',
  savedCopy: '网络不通，显示的是{time}保存的内容，可能不是最新。',
}

export const tabs = { label: '主导航', home: '首页', browse: '办事', interact: '互动', me: '我的' }

export const home = {
  service: '政务服务',
  search: '搜索事项',
  placeholder: '办居住证、公积金提取…',
  elder: '长辈版',
  standard: '标准版',
  otherLanguage: 'English',
  human: '人工服务',
  todos: '我的待办',
  frequent: '常用服务',
  events: '人生大事',
  updated: '最近更新',
}

export const browse = {
  search: '搜索事项',
  person: '个人办事',
  legal: '企业办事',
  themes: '按主题找',
  departments: '按部门找',
  count: '{n} 项',
  all: '查看全部事项',
  empty: '这里还没有事项。请换一个主题，或拨打 12345 咨询。',
}

export const search = {
  title: '搜索',
  label: '您想办什么',
  go: '搜索',
  suggestions: '您可能要找',
  corrected: '已为您改为搜索“{words}”。',
  found: '找到 {n} 项',
  nothing: '没有找到“{words}”。请换个说法，或按主题查找。',
  offline: '网络不通，只在手机里保存的事项中查找。',
  history: '搜索记录',
  forget: '清空',
}

export const interact = {
  hotline: '有事请打 12345 热线',
  hotlineText: '咨询、投诉、建议都可以说，{hotline} 会有人接听并为您转办。',
  call: '拨打 {phone}',
  service: '平台服务电话 {phone}',
  cases: '问办件进度',
  casesNote: '在办件里查看进度、催办、联系经办部门',
  ask: '问怎么办',
  askNote: '搜索事项，查看材料、费用和时限',
  halls: '去大厅当面问',
}

export const settings = {
  mode: '显示方式',
  elderNote: '字更大，按钮更大',
  language: '语言 Language',
  size: '字号',
  size_normal: '标准',
  size_large: '大',
  size_huge: '特大',
  kept: '设置保存在本机。登录后，显示方式和语言也会保存到您的账号。',
}

export const errors = {
  title: '没有办成',
  text: '您填写的内容没有丢失。请稍后重试，或拨打 12345。',
  client_offline: '网络不通',
  client_offline_text: '您填写的内容还在。请检查网络后重试。',
  client_timeout: '等待太久，没有收到回复',
  client_timeout_text: '您填写的内容还在。请重试；同一件事不会重复提交。',
  client_unexpected: '出了点问题',
  client_unexpected_text: '您填写的内容没有丢失。请返回后重试，或拨打 12345。',
  client_file_too_large: '文件太大',
  client_file_too_large_text: '单个文件不超过 20 MB。请压缩后重新选择。',
  http_401: '请重新登录',
  http_401_text: '登录已过期，您填写的内容已经保存。',
  http_404: '没有找到',
  http_404_text: '内容可能已经撤下。请返回后重新查找。',
  http_429: '操作太频繁',
  http_429_text: '请稍等一分钟再试。',
  http_500: '服务暂时不可用',
  http_500_text: '您填写的内容没有丢失。请稍后重试，或拨打 12345。',
  http_502: '服务正在恢复',
  http_502_text: '您填写的内容没有丢失。请一分钟后重试。',
  http_503: '服务正在恢复',
  http_503_text: '您填写的内容没有丢失。请一分钟后重试。',
}
