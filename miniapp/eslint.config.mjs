// Rules that find faults, not taste: what the text looks like is Prettier's.
import js from '@eslint/js'
import vue from 'eslint-plugin-vue'
import globals from 'globals'
import ts from 'typescript-eslint'

const typed = ['**/*.ts', '**/*.vue']

export default ts.config(
  { ignores: ['**/dist/', '**/schema.d.ts'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  { files: typed, extends: [ts.configs.recommendedTypeChecked] },
  vue.configs['flat/essential'],
  {
    files: typed,
    languageOptions: {
      parserOptions: {
        parser: ts.parser,
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.vue'],
      },
    },
    rules: {
      // vue-tsc finds what is not defined.
      'no-undef': 'off',
      // What must return a promise may have nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      // Pages are named by their address; components of one word are imported by name and clash with no element.
      'vue/multi-word-component-names': 'off',
    },
  },
  { files: ['**/*.mjs'], languageOptions: { globals: globals.node } },
  // The console's scripts: no build, no types.
  { files: ['**/static/console/*.js'], languageOptions: { globals: { ...globals.browser, L: 'readonly' } } },
)
