import { defaultLayers } from './defaults'
import type { LayerSpec, ResidualLayerSpec } from './spec'

// Layers in a link, joined by commas. The first part says what it is: “64” dense with 64 units, “c16” convolution with 16
// channels, “t16” transposed, “m2” max pooling, “a2” average pooling, “g” global average pooling, “u2” upsampling, “f”
// flatten, “r” or “rp” a residual block that goes on until “e”. Then, joined by “-”, whatever a document may not omit:
// “k5” kernel, “s2” stride, “v” valid, “l2” dilation, “q4” or “qd” groups, “nb” or “nl” normalisation, activation, “d0.2”
// dropout, “x” of elements, “i7” id. As in “c16-k5-relu-d0.2-i7”.

/** “c16,m2,64-tanh-d0.2,10” */
export function writeLayers(layers: readonly LayerSpec[]): string {
  let position = 0
  const write = (layer: LayerSpec, isOutput: boolean): string => {
    position++
    // A layer that has its position's number gets it again, for no other layer can have taken it.
    const id = layer.id === position ? '' : `-i${layer.id}`
    if (layer.kind !== 'residual') return `${writeLayer(layer, isOutput)}${id}`
    const inner = layer.layers.map((one) => write(one, false))
    return [`r${layer.order === 'pre' ? 'p' : ''}${id}`, ...inner, 'e'].join(',')
  }
  return layers.map((layer, index) => write(layer, index === layers.length - 1)).join(',')
}

function writeLayer(layer: Exclude<LayerSpec, ResidualLayerSpec>, isOutput: boolean): string {
  switch (layer.kind) {
    case 'dense':
      return `${layer.units}${writeFinishing(layer, isOutput)}`
    case 'conv': {
      const usual = defaultLayers.conv
      const groups = layer.groups === usual.groups ? '' : layer.groups === 'depthwise' ? '-qd' : `-q${layer.groups}`
      const dilation = layer.dilation === usual.dilation ? '' : `-l${layer.dilation}`
      return `c${layer.channels}${writeKernel(layer, usual)}${dilation}${groups}${writeFinishing(layer, isOutput)}`
    }
    case 'transposedConv':
      return `t${layer.channels}${writeKernel(layer, defaultLayers.transposedConv)}${writeFinishing(layer, isOutput)}`
    case 'maxPool':
    case 'averagePool': {
      const stride = layer.stride === layer.size ? '' : `-s${layer.stride}`
      return `${layer.kind === 'maxPool' ? 'm' : 'a'}${layer.size}${stride}`
    }
    case 'globalAveragePool':
      return 'g'
    case 'upsample':
      return `u${layer.factor}`
    case 'flatten':
      return 'f'
  }
}

type Kernel = Pick<typeof defaultLayers.conv, 'kernel' | 'stride' | 'padding' | 'dropped'>

function writeKernel(layer: Kernel, usual: Kernel): string {
  const kernel = layer.kernel === usual.kernel ? '' : `-k${layer.kernel}`
  const stride = layer.stride === usual.stride ? '' : `-s${layer.stride}`
  return `${kernel}${stride}${layer.padding === 'valid' ? '-v' : ''}${layer.dropped === 'elements' ? '-x' : ''}`
}

type Finishing = Pick<typeof defaultLayers.dense, 'normalisation' | 'activation' | 'dropout'>

function writeFinishing({ normalisation, activation, dropout }: Finishing, isOutput: boolean): string {
  const normalised = normalisation === 'none' ? '' : `-n${normalisation[0]}`
  const activated = activation === (isOutput ? 'linear' : 'relu') ? '' : `-${activation}`
  return `${normalised}${activated}${dropout === 0 ? '' : `-d${dropout}`}`
}

/** Layers of a document; text that is no layer is left for the schema to refuse. */
export function readLayers(text: string): readonly unknown[] {
  const layers: unknown[] = []
  let body: unknown[] | undefined
  for (const part of text.split(',')) {
    if (part === 'e' && body) {
      body = undefined
      continue
    }
    const layer = readLayer(part) ?? part
    if (body) {
      body.push(layer)
      continue
    }
    const opened = BLOCK.exec(part)
    body = opened ? [] : undefined
    layers.push(opened ? { kind: 'residual', ...readBlock(opened), layers: body } : layer)
  }
  return layers
}

const BLOCK = /^r(?<pre>p?)(?:-i(?<id>\d+))?$/

function readBlock({ groups: { pre, id } = {} }: RegExpExecArray): object {
  return { order: pre ? 'pre' : 'post', ...(id !== undefined && { id: Number(id) }) }
}

const HEAD = /^(?<sign>[ctmaugf]?)(?<number>\d*)$/

/** What the number behind each sign is; a layer without a sign is dense. */
const HEADS: Readonly<Record<string, { readonly kind: LayerSpec['kind']; readonly field?: string }>> = {
  '': { kind: 'dense', field: 'units' },
  c: { kind: 'conv', field: 'channels' },
  t: { kind: 'transposedConv', field: 'channels' },
  m: { kind: 'maxPool', field: 'size' },
  a: { kind: 'averagePool', field: 'size' },
  u: { kind: 'upsample', field: 'factor' },
  g: { kind: 'globalAveragePool' },
  f: { kind: 'flatten' },
}

function readLayer(text: string): object | undefined {
  // A number may be written as 1e-7.
  const [first = '', ...options] = text.split(/(?<!e)-/)
  const { sign = '', number = '' } = HEAD.exec(first)?.groups ?? {}
  const head = HEADS[sign]
  if (!head || !HEAD.test(first) || (head.field === undefined) !== (number === '')) return undefined
  const read = options.map(readOption)
  if (read.includes(undefined)) return undefined
  // A dense layer needs no kind, and old links have none.
  return Object.assign(
    sign === '' ? {} : { kind: head.kind },
    head.field === undefined ? {} : { [head.field]: Number(number) },
    ...read,
  ) as object
}

const FLAGS: Readonly<Record<string, object>> = {
  v: { padding: 'valid' },
  x: { dropped: 'elements' },
  nb: { normalisation: 'batch' },
  nl: { normalisation: 'layer' },
  qd: { groups: 'depthwise' },
}

const NUMBERS: Readonly<Record<string, string>> = {
  k: 'kernel',
  s: 'stride',
  l: 'dilation',
  q: 'groups',
  d: 'dropout',
  i: 'id',
}

function readOption(option: string): object | undefined {
  const flag = FLAGS[option]
  if (flag) return flag
  const { sign = '', value } = /^(?<sign>[kslqdi])(?<value>[\d.][\d.e-]*)$/.exec(option)?.groups ?? {}
  if (value !== undefined) return { [NUMBERS[sign] ?? '']: Number(value) }
  return /^[a-zA-Z]{4,}$/.test(option) ? { activation: option } : undefined
}
