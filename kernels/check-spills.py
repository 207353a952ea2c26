"""Reads what HotSpot printed of the tiles and looks for spilled vectors in their loops: see check-spills.sh."""
import re
import subprocess
import sys

printed = open(sys.argv[1], errors="replace").read()
work = sys.argv[2]
tiles = sys.argv[3:]


def last_compilations(text):
    """Class.method -> printed text of its last full compilation by C2 (not of a loop entered in the middle, marked %)."""
    found = {}
    for part in re.split(r"\n(?=Compiled method|=+ C[12]-compiled nmethod)", text):
        head = re.search(r"Compiled method \(c2\)\s+\d+\s+\d+\s+([% sbn!]*)\s*4\s+(\S+)::(\S+)", part)
        if head and "%" not in head.group(1) and "[MachCode]" in part:
            found[head.group(2).split(".")[-1] + "." + head.group(3)] = part
    return found


def instructions(part, name):
    """[(address, text)] of the machine code."""
    code = b""
    for line in part[part.index("[MachCode]"):].splitlines():
        if line.startswith("[/MachCode]"):
            break
        match = re.match(r"\s+0x[0-9a-f]+:((?: [0-9a-f|]+)+)\s*$", line)
        if match:
            code += bytes.fromhex(re.sub(r"[^0-9a-f]", "", match.group(1)))
    path = work + "/" + name
    with open(path, "wb") as f:
        f.write(code)
    dump = subprocess.run(["objdump", "-D", "-b", "binary", "-m", "i386:x86-64", "-M", "intel", "-w", "--no-show-raw-insn", path],
                          capture_output=True, text=True, check=True).stdout
    return [(int(m.group(1), 16), m.group(2)) for m in re.finditer(r"^\s*([0-9a-f]+):\s+(.*)$", dump, re.M)]


def smallest_loop(lines, wanted):
    """The shortest backward jump that spans an instruction that matches."""
    best = None
    for at, text in lines:
        jump = re.match(r"j\w+\s+0x([0-9a-f]+)$", text)
        if jump and int(jump.group(1), 16) < at:
            body = [t for a, t in lines if int(jump.group(1), 16) <= a <= at]
            if any(re.search(wanted, t) for t in body) and (best is None or len(body) < len(best)):
                best = body
    return best


def describe(loop):
    """One line about a loop, and its moves between vectors and the stack."""
    spills = [t for t in loop if re.search(r"[xyz]mm", t) and re.search(r"\[rsp", t)]
    fma = sum("vfmadd" in t for t in loop)
    width = "zmm" if any("zmm" in t for t in loop) else "ymm" if any("ymm" in t for t in loop) else "xmm"
    return f"{fma} vfmadd ({width}) in a loop of {len(loop)} instructions, {len(spills)} vector moves to or from the stack", spills


compiled = last_compilations(printed)
if not compiled:
    sys.exit("nothing was compiled by C2: " + printed[:500])
failed = False
for tile in tiles:
    name = tile + ".run"
    loop = smallest_loop(instructions(compiled[name], name), "vfmadd") if name in compiled else None
    if loop is None:
        print(f"{tile}: no loop with a vfmadd; C2 boxed its vectors or did not compile it")
        failed = True
        continue
    text, spills = describe(loop)
    print(f"{tile}: {text}")
    if spills:
        print("\n".join("    " + t for t in loop))
        failed = True
print("others, to read:")
for name, part in sorted(compiled.items()):
    loop = None if name.split(".")[0] in tiles else smallest_loop(instructions(part, name), r"[yz]mm")
    if loop is not None:
        print(f"  {name}: {describe(loop)[0]}")
sys.exit(1 if failed else 0)
