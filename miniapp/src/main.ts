import { createPinia } from 'pinia'
import { createSSRApp } from 'vue'
import App from './App.vue'
import { i18n } from './i18n'
// #ifdef H5
import { noticeTyped } from './platform/address'
// #endif

export function createApp() {
  // #ifdef H5
  noticeTyped()
  // #endif
  const app = createSSRApp(App)
  app.use(createPinia())
  app.use(i18n)
  return { app }
}
