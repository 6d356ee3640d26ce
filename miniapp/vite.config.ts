import uniModule from '@dcloudio/vite-plugin-uni'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { ariaRoles, minifyAlipay, noOutsideHosts, vueI18n11 } from './build/plugins'

// The package is CommonJS: under "type": "module" its default export arrives wrapped.
const uni = (uniModule as unknown as { default?: typeof uniModule }).default ?? uniModule

export default defineConfig({
  plugins: [ariaRoles(), uni(), vueI18n11(), noOutsideHosts(), minifyAlipay()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  define: {
    __VUE_I18N_FULL_INSTALL__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
    __INTLIFY_DROP_MESSAGE_COMPILER__: false,
  },
  css: { preprocessorOptions: { scss: { silenceDeprecations: ['legacy-js-api'] } } },
  server: { proxy: { '/api': 'http://127.0.0.1:8000', '/public': 'http://127.0.0.1:8000' } },
})
