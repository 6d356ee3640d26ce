// @ts-check
/** Navigation, title and tab bar, the same with every vendor. */
import { problem } from '../problems.js'
import { Failure } from './calls.js'

/**
 * @typedef {import('../world.js').World} World
 * @typedef {import('./calls.js').Work} Work
 */

/** @param {() => void} move */
function moving(move) {
  try {
    move()
  } catch (cause) {
    problem(String(cause))
    throw cause
  }
}

/** Vendors name and mark tabs only while the tab bar is on the screen. @param {World} world */
function needsTabBar({ navigation }) {
  if (!navigation.top || !navigation.isTab(navigation.top.path)) throw new Failure('not TabBar page')
}

/** @param {World} world @returns {Record<string, Work>} */
export function screen(world) {
  const { navigation, phone } = world
  return {
    navigateTo: ({ url }) => moving(() => navigation.navigateTo(url)),
    redirectTo: ({ url }) => moving(() => navigation.redirectTo(url)),
    switchTab: ({ url }) => moving(() => navigation.switchTab(url)),
    reLaunch: ({ url }) => moving(() => navigation.reLaunch(url)),
    navigateBack: ({ delta = 1 }) => moving(() => navigation.navigateBack(delta)),
    setNavigationBarTitle: ({ title }) => navigation.rename(title),
    setTabBarItem: ({ index, text }) => {
      needsTabBar(world)
      phone.changeTab(index, { words: text })
    },
    setTabBarBadge: ({ index, text }) => {
      needsTabBar(world)
      phone.changeTab(index, { badge: text })
    },
    removeTabBarBadge: ({ index }) => {
      needsTabBar(world)
      phone.changeTab(index, { badge: '' })
    },
    pageScrollTo: ({ scrollTop }) => {
      if (typeof scrollTop !== 'number') throw new Failure('the runner scrolls to positions only')
      navigation.top?.element.scrollTo(0, scrollTop)
    },
    stopPullDownRefresh: () => undefined,
  }
}
