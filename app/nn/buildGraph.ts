import { groupsOf, shapeLayers, type ShapedLayer } from '../experiment/layerShapes'
import type { BodyLayerSpec, LayerSpec, ResidualLayerSpec, WeightedLayerSpec } from '../experiment/spec'
import type { TensorShape } from '../experiment/tensorShape'
import type { Graph, GraphNode, MeasuredNode, Tensor } from './graph'
import { normalisationArrays } from './layerArrays'
import { dropoutOf, ModuleCounter, projectionLayer, unweighted, weigh } from './layerOperations'

/**
 * Lays the layers of a spec out as a graph; tensor 0 is the input.
 * @param data shape of a sample; the layers must fit it (`describeArchitecture` finds no faults).
 */
export function buildGraph(layers: readonly LayerSpec[], data: TensorShape): Graph {
  const { layers: shapes } = shapeLayers(layers, data)
  const builder = new GraphBuilder(data)
  layers.forEach((layer, index) => builder.addLayer(layer, shapes[index]!, index === layers.length - 1))
  return builder.build()
}

/** What a node is made of besides its place. */
type NewNode = Pick<GraphNode, 'name' | 'operation' | 'layerId'> &
  Partial<Omit<GraphNode, 'input' | 'output'>> & { readonly input: number; readonly shape: TensorShape }

/** Where a weighted layer stands. */
interface Placement {
  readonly shaped: ShapedLayer
  readonly input: number
  /** PyTorch's path of the module that it is: “3” or “3.body.0”. */
  readonly modules: ModuleCounter
  readonly isOutput: boolean
  /** Added before the activation function. */
  readonly residual?: number
}

class GraphBuilder {
  readonly #shapes: TensorShape[]
  readonly #nodes: GraphNode[] = []
  readonly #measured: MeasuredNode[] = []
  /** Measured layers of the block that is being added. */
  readonly #projections: MeasuredNode[] = []
  readonly #modules = new ModuleCounter('')
  /** Tensor that the next layer reads. */
  #current = 0
  /** Whether the current tensor is an image that layers for images have seen. */
  #isImage = false

  constructor(data: TensorShape) {
    this.#shapes = [data]
  }

  build(): Graph {
    const nodes = this.#nodes
    const tensors = this.#shapes.map((shape, tensor): Tensor => {
      const producer = nodes.findIndex(({ output }) => output === tensor)
      return {
        shape,
        isPacked: tensor === 0,
        producer: producer < 0 ? undefined : producer,
        consumers: nodes.flatMap(({ input, residual }, index) =>
          input === tensor || residual === tensor ? [index] : [],
        ),
      }
    })
    return { tensors, nodes, output: this.#current, measured: this.#measured }
  }

  addLayer(layer: LayerSpec, shaped: ShapedLayer, isOutput: boolean): void {
    switch (layer.kind) {
      case 'dense':
        this.#endImage()
        this.#current = this.#addWeighted(layer, this.#placement(shaped, isOutput))
        return
      case 'conv':
      case 'transposedConv':
        this.#isImage = true
        this.#current = this.#addWeighted(layer, this.#placement(shaped, isOutput))
        return
      case 'flatten':
        this.#modules.next()
        this.#isImage = false
        return
      case 'residual':
        this.#isImage = layer.layers.every(({ kind }) => kind === 'conv')
        this.#current = this.#addBlock(layer, shaped)
        return
      default:
        this.#isImage = layer.kind !== 'globalAveragePool'
        this.#current = this.#add({
          ...unweighted(layer),
          name: shaped.name,
          input: this.#padded(),
          shape: shaped.output,
        })
        this.#modules.next()
        // PyTorch keeps the single position, which nn.Flatten then drops.
        if (layer.kind === 'globalAveragePool') this.#modules.next()
    }
  }

  #placement(shaped: ShapedLayer, isOutput: boolean): Placement {
    return { shaped, isOutput, input: this.#current, modules: this.#modules }
  }

  /** PyTorch needs an nn.Flatten between images and a dense layer; samples that were never taken for images are flat. */
  #endImage(): void {
    if (this.#isImage) this.#modules.next()
    this.#isImage = false
  }

  /** The current tensor with its channels padded, for operations that cannot read the packed input. */
  #padded(): number {
    if (this.#current !== 0) return this.#current
    const shape = this.#shapes[0]!
    this.#current = this.#add({ name: 'input', operation: { kind: 'expand' }, layerId: 0, input: 0, shape })
    return this.#current
  }

  /** Own result, normalisation, activation function, dropout: one node or two. @returns the tensor of activations. */
  #addWeighted(layer: WeightedLayerSpec, { shaped, input, modules, isOutput, residual }: Placement): number {
    const { name } = shaped
    const path = modules.next()
    const own = this.#nodes.length
    const isNormalised = layer.normalisation !== 'none'
    const finish = isOutput ? {} : { activation: layer.activation, dropout: dropoutOf(layer, shaped.output) }
    const place = { name, layerId: layer.id, shape: shaped.output }
    const sum = residual === undefined ? {} : { residual }
    const source = this.#readable(layer, shaped.input, input)
    let tensor = this.#add({
      ...place,
      // Behind a flatten the tensor still is the image.
      ...weigh(layer, this.#shapes[source]!, shaped.output, source === 0, path),
      input: source,
      ...(isNormalised ? {} : { ...sum, ...finish }),
    })
    if (isNormalised) tensor = this.#addNormalisation(layer, place, tensor, modules.next(), { ...sum, ...finish })
    if (layer.activation !== 'linear') modules.next()
    if (layer.dropout > 0) modules.next()
    this.#measured.push({ name, kind: layer.kind, own, final: this.#nodes.length - 1 })
    return tensor
  }

  /** Convolutions in groups and transposed ones cannot read the packed input. */
  #readable(layer: WeightedLayerSpec, { channels }: TensorShape, input: number): number {
    const isGrouped = layer.kind === 'conv' && groupsOf(layer, channels) > 1
    return input === 0 && (isGrouped || layer.kind === 'transposedConv') ? this.#padded() : input
  }

  #addNormalisation(
    { normalisation }: { readonly normalisation: WeightedLayerSpec['normalisation'] },
    place: Pick<NewNode, 'name' | 'layerId' | 'shape'>,
    input: number,
    path: string,
    finish: Partial<NewNode>,
  ): number {
    const over = normalisation === 'batch' ? 'batch' : 'layer'
    const arrays = normalisationArrays(over, place.shape.channels, path)
    return this.#add({ ...place, operation: { kind: 'normalise', over }, input, arrays, ...finish })
  }

  #add({ input, shape, ...node }: NewNode): number {
    const output = this.#shapes.push(shape) - 1
    this.#nodes.push({
      residual: undefined,
      activation: undefined,
      dropout: undefined,
      fanIn: 0,
      fanOut: 0,
      arrays: [],
      ...node,
      input,
      output,
    })
    return output
  }

  // ── residual blocks ───────────────────────────────────────────────────────────────────────────────────────────────

  #addBlock(block: ResidualLayerSpec, shaped: ShapedLayer): number {
    const path = this.#modules.next()
    const body = new ModuleCounter(`${path}.body.`)
    const input = this.#padded()
    const tensor =
      block.order === 'post'
        ? this.#addPostBlock(block, shaped, input, body, path)
        : this.#addPreBlock(block, shaped, input, body, path)
    // A projection is computed beside the body and told behind it.
    this.#measured.push(...this.#projections.splice(0))
    return tensor
  }

  #addPostBlock(
    block: ResidualLayerSpec,
    shaped: ShapedLayer,
    input: number,
    body: ModuleCounter,
    path: string,
  ): number {
    const last = block.layers.length - 1
    const bypass = this.#addProjection(block, shaped, input, path)
    return block.layers.reduce((tensor, layer, index) => {
      const inner = { shaped: shaped.inner[index]!, input: tensor, modules: body, isOutput: false }
      return this.#addWeighted(layer, index === last ? { ...inner, residual: bypass } : inner)
    }, input)
  }

  /** He et al. 2016: normalisation and activation come before each layer, and the projection reads what they make. */
  #addPreBlock(
    block: ResidualLayerSpec,
    shaped: ShapedLayer,
    input: number,
    body: ModuleCounter,
    path: string,
  ): number {
    const last = block.layers.length - 1
    let bypass = input
    return block.layers.reduce((tensor, layer, index) => {
      const activated = this.#addPreactivation(layer, shaped.inner[index]!, tensor, body)
      if (index === 0) bypass = this.#addProjection(block, shaped, activated, path, input)
      const plain = { ...layer, normalisation: 'none', activation: 'linear', dropout: 0 } as const
      const placement = { shaped: shaped.inner[index]!, input: activated, modules: body, isOutput: true }
      return this.#addWeighted(plain, index === last ? { ...placement, residual: bypass } : placement)
    }, input)
  }

  /** Normalisation, activation function and dropout of a layer, before it. */
  #addPreactivation(layer: BodyLayerSpec, shaped: ShapedLayer, input: number, modules: ModuleCounter): number {
    const shape = this.#shapes[input]!
    const { name } = shaped
    const finish = { activation: layer.activation, dropout: dropoutOf(layer, shape) }
    const place = { name, layerId: layer.id, shape }
    const isNormalised = layer.normalisation !== 'none'
    const tensor = isNormalised
      ? this.#addNormalisation(layer, place, input, modules.next(), finish)
      : this.#add({ ...place, operation: { kind: 'pass' }, input, ...finish })
    if (layer.activation !== 'linear') modules.next()
    if (layer.dropout > 0) modules.next()
    return tensor
  }

  /**
   * What the body's result is added to.
   * @param input what a projection reads.
   * @param identity what goes past the body where its shape fits.
   */
  #addProjection(block: ResidualLayerSpec, shaped: ShapedLayer, input: number, path: string, identity = input): number {
    const projection = shaped.inner[block.layers.length]
    if (!projection) return identity
    const normalisation = block.order === 'post' ? block.layers.at(-1)!.normalisation : 'none'
    const layer = projectionLayer(block, projection, normalisation)
    const modules = new ModuleCounter(`${path}.projection.`)
    const tensor = this.#addWeighted(layer, { shaped: projection, input, modules, isOutput: true })
    this.#projections.push(this.#measured.pop()!)
    return tensor
  }
}
