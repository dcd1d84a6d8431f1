import { expect, test } from 'vitest'
import { activationChoices } from './choices'
import { readLink, writeLink } from './link'
import { readLayers, writeLayers } from './linkLayers'
import { RandomStream } from './random'
import { parseSpecOrThrow } from './schema'
import type { Activation, ExperimentDocument } from './spec'

type Document = NonNullable<ExperimentDocument['layers']>[number]

const pick = <Item>(random: RandomStream, items: readonly Item[]): Item => items[random.integer(items.length)]!
const activations = Object.keys(activationChoices) as Activation[]

function finishing(random: RandomStream) {
  return {
    normalisation: pick(random, ['none', 'batch', 'layer'] as const),
    activation: pick(random, activations),
    dropout: pick(random, [0, 0.2, 1e-7, random.uniform(0, 0.99)]),
    dropped: pick(random, ['channels', 'elements'] as const),
  }
}

/** Any layer that a network may hold; it need not fit what comes in, which only the files would say. */
function randomLayer(random: RandomStream): Document {
  const channels = 1 + random.integer(1024)
  const kernel = 1 + random.integer(7)
  const stride = 1 + random.integer(7)
  const padding = pick(random, ['same', 'valid'] as const)
  const { dropped, ...rest } = finishing(random)
  const conv = { kind: 'conv', channels, kernel, stride, padding, dropped, ...rest } as const
  const window = { size: 2 + random.integer(6), stride }
  return pick<() => Document>(random, [
    () => ({ kind: 'dense', units: channels, ...rest }),
    () => ({ ...conv, dilation: 1 + random.integer(8), groups: pick(random, [1, 4, 'depthwise']) }),
    () => ({ ...conv, kind: 'transposedConv' }),
    () => ({ kind: 'maxPool', ...window }),
    () => ({ kind: 'averagePool', size: window.size }),
    () => ({ kind: 'globalAveragePool' }),
    () => ({ kind: 'upsample', factor: 2 + random.integer(3) }),
    () => ({ kind: 'flatten' }),
    () => ({
      kind: 'residual',
      order: pick(random, ['post', 'pre']),
      layers: Array.from({ length: 1 + random.integer(4) }, () => pick(random, [conv, { units: channels, ...rest }])),
    }),
  ])()
}

test('500 random networks of all kinds survive the way through a link that needs no escaping', () => {
  const random = new RandomStream(2, 'link layers')
  for (let count = 0; count < 500; count++) {
    const layers = Array.from({ length: random.integer(9) }, () => randomLayer(random))
    const spec = parseSpecOrThrow({ data: { kind: 'idx' }, layers: [...layers, {}] })
    // Identities after edits: any order, with gaps.
    const moved = { ...spec, layers: spec.layers.map((layer) => ({ ...layer, id: layer.id * pick(random, [1, 100]) })) }
    for (const network of [spec, moved]) {
      const link = writeLink(network)
      expect(readLink(link)).toEqual({ ok: true, spec: network })
      expect(link).toMatch(/^#[\w.,=&%-]*$/)
    }
  }
})

test('usual layers take a few characters each', () => {
  const { layers } = parseSpecOrThrow({
    data: { kind: 'idx' },
    layers: [
      { kind: 'conv', channels: 16 },
      { kind: 'conv', channels: 32, kernel: 5, stride: 2, padding: 'valid', dilation: 2, normalisation: 'batch' },
      { kind: 'maxPool' },
      { kind: 'conv', channels: 32, groups: 'depthwise', activation: 'linear', dropout: 0.1, dropped: 'elements' },
      {
        kind: 'residual',
        layers: [
          { kind: 'conv', channels: 32 },
          { kind: 'conv', channels: 32 },
        ],
      },
      { kind: 'residual', order: 'pre', layers: [{ kind: 'conv', channels: 64, normalisation: 'layer' }] },
      { kind: 'averagePool', size: 3, stride: 2 },
      { kind: 'upsample', factor: 3 },
      { kind: 'transposedConv', channels: 8 },
      { kind: 'globalAveragePool' },
      { kind: 'flatten' },
      { units: 64, activation: 'tanh' },
      { units: 10 },
    ],
  })
  expect(writeLayers(layers)).toBe(
    'c16,c32-k5-s2-v-l2-nb,m2,c32-x-qd-linear-d0.1,r,c32,c32,e,rp,c64-nl,e,a3-s2,u3,t8,g,f,64-tanh,10',
  )
})

test.each(['c', 'm', '16-k', 'g3', 'r5', 'q4', 'c16-z9', 'c16-k3-', '-k3', 'c16-relu-relu2', '', 'c1e3', 'toString'])(
  'text that is no layer is left for the schema to refuse: “%s”',
  (text) => {
    expect(readLayers(text)).toEqual([text])
  },
)
