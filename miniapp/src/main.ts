import { createPinia } from 'pinia'
import { createSSRApp } from 'vue'
import App from './App.vue'
import { i18n } from './i18n'
// #ifdef H5
import { noticeTyped } from './platform/address'
import AsyncError from './ui/AsyncError.vue'
// #endif

export function createApp() {
  // #ifdef H5
  noticeTyped()
  // #endif
  const app = createSSRApp(App)
  app.use(createPinia())
  app.use(i18n)
  // #ifdef H5
  // The name under which the platform looks for what to show in place of a page that could not be fetched.
  app.component('AsyncError', AsyncError)
  // #endif
  return { app }
}
