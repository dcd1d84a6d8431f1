/**
 * The names of the layers of several networks in one order: each behind the one that it follows in the first network
 * that has it, and behind those of its kind with a smaller number, of which some may not be measured.
 */
export function joinNames(networks: readonly (readonly string[])[]): readonly string[] {
  return networks.reduce<readonly string[]>((joined, names) => {
    let after = -1
    return names.reduce((all, name) => {
      const known = all.indexOf(name)
      after =
        known < 0
          ? Math.max(
              after,
              all.findLastIndex((other) => isEarlier(other, name)),
            ) + 1
          : known
      return known < 0 ? all.toSpliced(after, 0, name) : all
    }, joined)
  }, [])
}

/** Whether both are of one kind, as “conv 2” and “conv 10”, and the first has the smaller number. */
function isEarlier(one: string, other: string): boolean {
  const [first, second] = [readName(one), readName(other)]
  return first.kind === second.kind && first.number < second.number
}

function readName(name: string): { readonly kind: string; readonly number: number } {
  const [, kind = name, digits = ''] = /^(.*) (\d+)$/.exec(name) ?? []
  return { kind, number: Number(digits) }
}
