import type { PlaneSummary } from '../../runs/state'
import type { Plot } from '../charts/plot'

const radius = 2.75

/** Training samples as filled dots, held-out samples as rings, in the colour of their target. */
export function drawPoints(
  context: CanvasRenderingContext2D,
  plot: Plot,
  plane: PlaneSummary,
  colour: (target: number) => string,
  ground: string,
): void {
  const each = (points: PlaneSummary['training'], draw: (target: number) => void) => {
    for (let index = 0; index < points.targets.length; index++) {
      context.beginPath()
      context.arc(
        plot.x(points.positions[2 * index]!),
        plot.y(points.positions[2 * index + 1]!),
        radius,
        0,
        2 * Math.PI,
      )
      draw(points.targets[index]!)
    }
  }
  context.lineWidth = 1
  each(plane.training, (target) => {
    context.fillStyle = colour(target)
    context.fill()
    context.strokeStyle = ground
    context.stroke()
  })
  context.lineWidth = 1.75
  each(plane.heldOut, (target) => {
    context.fillStyle = ground
    context.fill()
    context.strokeStyle = colour(target)
    context.stroke()
  })
}
