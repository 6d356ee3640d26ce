import { onLoad } from '@dcloudio/uni-app'
import type { Query } from './navigate'

/** `work` gets what the page's address asks for, as it is opened. */
export const onOpen = (work: (query: Query) => void): void => onLoad((query?: Query) => work(query ?? {}))
