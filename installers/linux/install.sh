#!/bin/sh
# Installs FER Desktop for you alone: sh install.sh
#
#   --to DIR    the program's folder (~/.local/opt/fer-desktop)
#   --older     over a newer version as well
#   --remove    takes the program away; your lessons stay
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data="${XDG_DATA_HOME:-$HOME/.local/share}"
to="$HOME/.local/opt/fer-desktop"
link="$HOME/.local/bin/fer-desktop"
entry="$data/applications/fer-desktop.desktop"
icon="$data/icons/hicolor/256x256/apps/fer-desktop.png"
older=no
remove=no

fail() {
    printf '%s\n' "$1" >&2
    exit 1
}

while [ $# -gt 0 ]; do
    case "$1" in
        --to) [ $# -gt 1 ] || fail "--to needs a folder after it."; to=$2; shift ;;
        --older) older=yes ;;
        --remove) remove=yes ;;
        *) fail "There is no option $1: see the first lines of install.sh." ;;
    esac
    shift
done
case "$to" in /*) ;; *) to="$PWD/$to" ;; esac

if [ -e "$to" ] && [ ! -f "$to/VERSION" ]; then
    fail "$to is there and is not FER Desktop: name another folder with --to."
fi

if [ "$remove" = yes ]; then
    [ -e "$to" ] || fail "FER Desktop is not in $to: name its folder with --to."
    rm -rf "$to" "$to.new" "$to.old"
    if [ "$(readlink "$link" 2>/dev/null)" = "$to/fer-desktop" ]; then rm -f "$link"; fi
    rm -f "$entry" "$icon"
    echo "FER Desktop is removed. Your lessons and settings are still in $data/fer-desktop and ${XDG_CONFIG_HOME:-$HOME/.config}/fer-desktop."
    exit 0
fi

[ "$(uname -s)-$(uname -m)" = "$(cat "$here/SYSTEM")" ] ||
    fail "This package is for $(cat "$here/SYSTEM"), and this computer is $(uname -s)-$(uname -m): get the one for it."
new=$(cat "$here/fer-desktop/VERSION" 2>/dev/null) || fail "This copy is not whole: unpack the package again."
if [ -f "$to/VERSION" ] && [ "$older" = no ]; then
    old=$(cat "$to/VERSION")
    [ "$(printf '%s\n%s\n' "$old" "$new" | sort -V | tail -n 1)" = "$new" ] ||
        fail "Version $old is installed, which is newer than $new: it stays. To go back, call: sh install.sh --older"
fi
(cd "$here" && sha256sum --check --quiet --strict files.sha256 >/dev/null 2>&1) ||
    fail "This copy is not whole: unpack the package again."

parent=$(dirname "$to")
mkdir -p "$parent" 2>/dev/null || fail "$parent cannot be made: name a folder of yours with --to."
[ -w "$parent" ] || fail "You may not write to $parent: name a folder of yours with --to."
needed=$(du -sk "$here/fer-desktop" | cut -f 1)
free=$(df -Pk "$parent" | awk 'NR == 2 { print $4 }')
[ "$free" -gt $((needed + 20480)) ] ||
    fail "There is too little room in $parent: $((needed / 1024 + 20)) MB are needed, $((free / 1024)) are free."

# Until its last step the older version is the one that is there.
trap 'rm -rf "$to.new"' EXIT
rm -rf "$to.new" "$to.old"
cp -a "$here/fer-desktop" "$to.new" || fail "The program could not be copied to $to: look at the disk. Nothing was changed."
[ ! -e "$to" ] || mv "$to" "$to.old"
mv "$to.new" "$to"
rm -rf "$to.old"

mkdir -p "$(dirname "$link")" "$(dirname "$entry")" "$(dirname "$icon")"
ln -sfn "$to/fer-desktop" "$link"
# A path with a blank, a quotation mark or a percent sign has to be told to the desktop as it wants it.
quoted=$(printf '%s' "$to/fer-desktop" | sed -e 's/[\\"`$]/\\\\&/g' -e 's/%/%%/g')
awk -v line="Exec=\"$quoted\"" '/^Exec=/ { print line; next } { print }' "$here/fer-desktop.desktop" >"$entry"
cp "$here/icon.png" "$icon"
echo "FER Desktop $new is installed: it is among your programs, and in a terminal it is $link."
echo "To remove it, call: sh '$here/install.sh' --remove"
