#!/bin/sh
# Does any tile keep an accumulator on the stack inside its loop? Needs a JDK 25, objdump and python3; no hsdis.
#
#   kernels/check-spills.sh [JVM options, for instance -XX:UseAVX=2]      after mvn -o -q -pl kernels test-compile
#
# C2 prints the machine code of each tile (-XX:CompileCommand=print), objdump reads it, and the smallest loop with a vfmadd is searched for vector
# moves from and to the stack. One line for every class with Tile in its name; fails if one has such a move, no such loop, or was not compiled.
# Then, to read, the loops of everything else that holds vectors: transpositions, copies of windows, epilogues, softmax, exp and log.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tiles=$(cd "$here/target/classes/org/hyperhypo/kernels" && ls | sed -n 's/^\([A-Za-z0-9]*Tile[0-9]*x[0-9]*[A-Za-z0-9]*\)\.class$/\1/p')
print=
for class in $tiles Transpose Packing LeftPacking Windows Skinny Elementwise Sigmoidal Softmax Exp Log Pooling; do
    print="$print -XX:CompileCommand=print,org.hyperhypo.kernels.$class::*"
done
"$java" -XX:+UseSerialGC -Xbatch --add-modules jdk.incubator.vector $print "$@" -cp "$here/target/classes:$here/target/test-classes" \
    org.hyperhypo.kernels.TileWarmUp > "$work/printed.txt" 2> "$work/errors.txt" || { cat "$work/errors.txt" >&2; exit 1; }
python3 "$here/check-spills.py" "$work/printed.txt" "$work" $tiles
