#!/bin/sh
# Writes app.lock, train.lock and dev.lock from pyproject.toml. One resolution serves all three, so that they agree.
# bundle.lock is what a bundle for Linux has in place of the app's OpenCV: the same version, without its Qt.
# Versions that stand there stay, as far as pyproject.toml allows; UPGRADE=1 takes the newest.
set -eu
cd "$(dirname "$0")/.."
uv=${UV:-uv}
if ! command -v "$uv" >/dev/null 2>&1; then
    echo "The locks are made with uv: install it (pipx install uv), or name it: make locks UV=/path/to/uv" >&2
    exit 1
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

compile() {
    "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
        --custom-compile-command "make locks" "$@"
}

[ -n "${UPGRADE:-}" ] || cat requirements/*.lock >"$work/all.lock" 2>/dev/null || true
compile --all-extras --output-file "$work/all.lock" pyproject.toml >/dev/null
for lock in app train dev; do
    case $lock in app) extra="" ;; *) extra="--extra=$lock" ;; esac
    compile $extra --constraints "$work/all.lock" --output-file "$work/$lock.lock" pyproject.toml >/dev/null
    # The common resolution is a passing thing and not worth naming.
    sed '/^    #   -c /d' "$work/$lock.lock" >"$work/clean.lock"
    mv "$work/clean.lock" "requirements/$lock.lock"
done
sed -n "s/^opencv-python==\([^ ]*\).*/opencv-python-headless==\1 ; sys_platform == 'linux'/p" requirements/app.lock |
    compile --no-deps --output-file "$work/bundle.lock" - >/dev/null
mv "$work/bundle.lock" requirements/bundle.lock
