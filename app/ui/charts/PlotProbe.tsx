import { useLayoutEffect } from 'react'
import { usePlotArea, useXAxisInverseScale, useXAxisScale, useYAxisInverseScale, useYAxisScale } from 'recharts'
import type { Plot } from './plot'

/** Inside a Recharts chart: hands its layout and scales to what is drawn beside it (a canvas inside would be misplaced in Safari). */
export function PlotProbe({ onPlot }: { readonly onPlot: (plot: Plot) => void }) {
  const area = usePlotArea()
  const xScale = useXAxisScale()
  const yScale = useYAxisScale()
  const xInverse = useXAxisInverseScale()
  const yInverse = useYAxisInverseScale()
  useLayoutEffect(() => {
    if (!area || !xScale || !yScale || !xInverse || !yInverse) return
    onPlot({
      left: area.x,
      top: area.y,
      width: area.width,
      height: area.height,
      x: (value) => xScale(value) ?? area.x,
      y: (value) => yScale(value) ?? area.y + area.height,
      xAt: (pixel) => Number(xInverse(pixel)),
      yAt: (pixel) => Number(yInverse(pixel)),
    })
  }, [area, xScale, yScale, xInverse, yInverse, onPlot])
  return null
}
