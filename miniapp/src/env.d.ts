/// <reference types="vite/client" />

interface ImportMetaEnv {
  readonly VITE_SERVER: string
}

declare module '*.vue' {
  import type { DefineComponent } from 'vue'
  const component: DefineComponent<object, object, unknown>
  export default component
}

/** The build that can be shaken; the package's types are of the other one. */
declare module 'leaflet/dist/leaflet-src.esm.js' {
  export * from 'leaflet'
}
