#!/bin/sh
# Does any tile keep an accumulator on the stack inside its loop? Needs a JDK 25, objdump and python3; no hsdis.
#
#   kernels/check-spills.sh [JVM options, for instance -XX:UseAVX=2]      after mvn -o -q -pl kernels test-compile
#
# C2 prints the machine code of each tile (-XX:CompileCommand=print), objdump reads it, and the smallest loop with a vfmadd is
# searched for vector moves from and to the stack. Prints one line per tile; fails if there is such a move, or no such loop.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
print=
for tile in RowTile5x2 GroupTile5x2 RowTile5x1 GroupTile5x1 RowTile1x2; do
    print="$print -XX:CompileCommand=print,org.hyperhypo.kernels.$tile::run"
done
"$java" -XX:+UseSerialGC --add-modules jdk.incubator.vector $print "$@" -cp "$here/target/classes:$here/target/test-classes" \
    org.hyperhypo.kernels.TileWarmUp > "$work/printed.txt" 2> "$work/errors.txt" || { cat "$work/errors.txt" >&2; exit 1; }
python3 "$here/check-spills.py" "$work/printed.txt" "$work"
