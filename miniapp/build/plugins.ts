import { createRequire } from 'node:module'
import type { Plugin } from 'vite'

const require = createRequire(import.meta.url)

/**
 * uni replaces vue-i18n by its own 9.1 on mini-programs, where `{n}` is then shown literally.
 * Enforced post, so that this alias is the last word.
 */
export function vueI18n11(): Plugin {
  const runtime = require.resolve('vue-i18n/dist/vue-i18n.esm-bundler.js')
  return {
    name: 'zhijian:vue-i18n-11',
    enforce: 'post',
    config: () => ({ resolve: { alias: [{ find: /^vue-i18n$/, replacement: runtime }] } }),
    configResolved(config) {
      for (const alias of config.resolve.alias) {
        if (alias.find === 'vue-i18n') alias.replacement = runtime
      }
    },
  }
}

/**
 * WeChat and Baidu read `aria-role`, Alipay and browsers `role`. Templates say `role`; mini-programs get both.
 * H5 must not: there `aria-role` is an invalid attribute.
 */
export function ariaRoles(): Plugin {
  return {
    name: 'zhijian:aria-roles',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('.vue') || process.env.UNI_PLATFORM === 'h5') return undefined
      return { code: code.replace(/(\s:?)role="([^"]*)"/g, '$1role="$2"$1aria-role="$2"'), map: null }
    },
  }
}

const OUTSIDE =
  /(?:https?:)?\/\/(?:[\w-]+\.)*(?:dcloud\.net\.cn|dcloud\.io|bspapp\.com|qq\.com|google\.com|googleapis\.com|gstatic\.com|amap\.com|uniapp\.dcloud\.io|vuejs\.org|leafletjs\.com|github\.com|bugs\.webkit\.org|dev\.w3\.org)[^\s"'`)\\]*/g

const withoutHosts = (text: string) =>
  text.replace(/url\(["']?(?:https?:)?\/\/[^)]*dcloud[^)]*\)/g, 'none').replace(OUTSIDE, '')

/** uni's runtime names hosts of its maker (images in CSS, map and help addresses). The app must name none. */
export function noOutsideHosts(): Plugin {
  return {
    name: 'zhijian:no-outside-hosts',
    enforce: 'post',
    /** On WeChat it also fetches an image from its maker at each start; the host is spelt in character codes. */
    transform(code, id) {
      if (!id.includes('uni-mp-weixin') || !code.includes('preloadAsset();')) return undefined
      return { code: code.replace('preloadAsset();', ''), map: null }
    },
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === 'chunk') file.code = withoutHosts(file.code)
        else if (typeof file.source === 'string') file.source = withoutHosts(file.source)
      }
    },
  }
}

/** uni turns minification off for Alipay; its developer tool does not need that any more. */
export function minifyAlipay(): Plugin {
  return {
    name: 'zhijian:minify-alipay',
    enforce: 'post',
    config: (_config, { command }) =>
      process.env.UNI_PLATFORM === 'mp-alipay' && command === 'build' && process.env.NODE_ENV === 'production'
        ? { build: { minify: 'terser' as const } }
        : undefined,
    configResolved(config) {
      if (process.env.UNI_PLATFORM === 'mp-alipay' && process.env.NODE_ENV === 'production') {
        // The resolved value is read when chunks are rendered; uni's own config hook runs after ours.
        ;(config.build as { minify: string | false }).minify = 'esbuild'
      }
    },
  }
}
