import type zhCN from '../zh-CN'
import * as booking from './booking'
import * as cases from './cases'
import * as catalog from './catalog'
import * as consult from './consult'
import * as content from './content'
import * as general from './general'
import * as interact from './interact'
import * as map from './map'
import * as person from './person'

type Words = { [Space in keyof typeof zhCN]: Record<keyof (typeof zhCN)[Space], string> }

const en: Words = {
  ...general,
  ...catalog,
  ...cases,
  ...booking,
  ...consult,
  ...content,
  ...interact,
  ...map,
  ...person,
}
export default en
