import * as booking from './booking'
import * as cases from './cases'
import * as catalog from './catalog'
import * as consult from './consult'
import * as content from './content'
import * as general from './general'
import * as interact from './interact'
import * as map from './map'
import * as person from './person'

export default { ...general, ...catalog, ...cases, ...booking, ...consult, ...content, ...interact, ...map, ...person }
