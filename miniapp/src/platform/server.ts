/** Where the server is: the same origin on H5, the configured address on mini-programs. */

let base = import.meta.env.VITE_SERVER
// #ifdef H5
base = ''
// #endif

export const SERVER: string = base.replace(/\/$/, '')
