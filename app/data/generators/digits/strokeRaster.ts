/**
 * Draws lines with a round pen by distance: every pixel keeps the squared distance from its centre to the nearest
 * line, and from that follows how much of it lies under the pen. Coordinates are in pixels; pixel (column, row) has
 * its centre at (column + ½, row + ½).
 */
export class StrokeRaster {
  readonly #size: number
  readonly #squaredDistances: Float64Array
  #penRadius = 1

  /** @param size side of the square picture */
  constructor(size: number) {
    this.#size = size
    this.#squaredDistances = new Float64Array(size * size)
  }

  /** Starts an empty picture. */
  clear(penRadius: number): void {
    this.#penRadius = penRadius
    this.#squaredDistances.fill(Infinity)
  }

  /** Only pixels the pen can reach are visited: a short line touches a handful. */
  drawLine(fromX: number, fromY: number, toX: number, toY: number): void {
    const reach = this.#penRadius + 1
    const firstColumn = this.#clamp(Math.floor(Math.min(fromX, toX) - reach))
    const lastColumn = this.#clamp(Math.ceil(Math.max(fromX, toX) + reach))
    const firstRow = this.#clamp(Math.floor(Math.min(fromY, toY) - reach))
    const lastRow = this.#clamp(Math.ceil(Math.max(fromY, toY) + reach))
    const alongX = toX - fromX
    const alongY = toY - fromY
    const squaredLength = alongX * alongX + alongY * alongY
    const inverseSquaredLength = squaredLength > 0 ? 1 / squaredLength : 0
    const distances = this.#squaredDistances
    for (let row = firstRow; row < lastRow; row++) {
      const y = row + 0.5 - fromY
      for (let column = firstColumn; column < lastColumn; column++) {
        const x = column + 0.5 - fromX
        const along = Math.min(1, Math.max(0, (x * alongX + y * alongY) * inverseSquaredLength))
        const offsetX = x - along * alongX
        const offsetY = y - along * alongY
        const squaredDistance = offsetX * offsetX + offsetY * offsetY
        const index = row * this.#size + column
        if (squaredDistance < distances[index]!) distances[index] = squaredDistance
      }
    }
  }

  /**
   * Writes the picture, [size, size], row-major: ink times the share of the pixel's width, across the line, that the
   * pen covers.
   */
  copyInk(picture: Float32Array, ink: number): void {
    const radius = this.#penRadius
    for (let index = 0; index < picture.length; index++) {
      const distance = Math.sqrt(this.#squaredDistances[index]!)
      const covered = Math.min(radius, distance + 0.5) - Math.max(-radius, distance - 0.5)
      picture[index] = covered > 0 ? ink * covered : 0
    }
  }

  #clamp(pixel: number): number {
    return Math.min(this.#size, Math.max(0, pixel))
  }
}
