import * as YAML from 'yaml'

/** What a piece of YAML means that its author cannot have meant, and the way out. */
export interface Trap {
  readonly offset: number
  readonly message: string
  readonly fix: string
}

/** Finds what our documents do without (anchors, aliases, tags, directives) and what YAML reads wrong in silence. */
export function yamlTraps(tree: YAML.Document, text: string): Trap[] {
  const traps: Trap[] = []
  if (hasDirectives(tree))
    traps.push({ offset: 0, message: 'Directives are not used here.', fix: 'Remove the lines that begin with "%".' })
  YAML.visit(tree, {
    Node(_, node) {
      const [offset, end] = node.range ?? [0, 0]
      const trap = unusedSyntax(node) ?? swallowedText(node, text.slice(offset, end))
      if (trap) traps.push({ offset, ...trap })
      return isTemplate(node) ? YAML.visit.SKIP : undefined
    },
    Pair(_, pair) {
      if (!YAML.isScalar(pair.key) || pair.value !== null) return
      const message = `"${String(pair.key.value)}" has no value: inside { … } a comma begins a new key.`
      traps.push({ offset: pair.key.range?.[0] ?? 0, message, fix: 'Quote a text that holds a comma.' })
    },
  })
  return traps
}

function hasDirectives({ directives }: YAML.Document): boolean {
  return directives?.yaml.explicit === true || Object.keys(directives?.tags ?? {}).length > 1
}

function unusedSyntax(node: YAML.Node): Omit<Trap, 'offset'> | undefined {
  if (YAML.isAlias(node)) return { message: 'Aliases are not used here.', fix: 'Write the value out.' }
  if (node.anchor !== undefined) return { message: 'Anchors are not used here.', fix: `Remove "&${node.anchor}".` }
  if (node.tag !== undefined)
    return { message: 'Tags are not used here.', fix: 'Remove it, or quote a text that begins with "!".' }
  return undefined
}

function swallowedText(node: YAML.Node, written: string): Omit<Trap, 'offset'> | undefined {
  if (isTemplate(node)) return { message: 'YAML reads an unquoted {{ … }} as a map.', fix: `Quote it: "${written}".` }
  if (YAML.isScalar(node) && node.type === 'PLAIN' && /^\S/.test(node.comment ?? ''))
    return {
      message: `"#${node.comment}" began a comment.`,
      fix: 'Quote the text; or put a space after the #, if a comment was meant.',
    }
  return undefined
}

/** `{{ x }}` is a map whose key is a map. */
function isTemplate(node: unknown): boolean {
  return YAML.isMap(node) && node.flow === true && node.items.some((pair) => YAML.isMap(pair.key))
}
