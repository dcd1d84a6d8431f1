import { useMemo } from 'react'
import { describeSpectrum, type LayerSpectrum } from '../../metrics/layerSpectrum'
import type { HistoryColumn } from '../../runs/state'
import { joinClasses } from '../common/joinClasses'
import { DataTable } from '../charts/DataTable'
import { useThemeKey } from '../charts/theme'
import { usePage } from '../pageContext'
import { cellTableOf, type CellTable } from './cellTable'
import { saturationColours } from './colourScale'
import { heldIndex } from './heldColumn'
import { HeatmapCanvas } from './HeatmapCanvas'
import type { HeatmapScene } from './HeatmapPainter'
import { saturationTable } from './heatmapTables'
import { RowValues, TailBracket, type RowWords } from './RowValues'
import { describeCaution, describeRow, halfInterval } from './rowText'
import type { CellsProps } from './RunHeatmap'
import styles from './saturation.module.css'
import { tailStart } from './tailStart'

/** One run's saturations, layers × steps, with those of the shown step as text. */
export function SaturationCells(props: CellsProps) {
  const { run, places, options, shownStep, letter, plot, names, selected, measures } = props
  const { outputs } = run.started
  const { columns } = run.history
  const { layout, labelled, bands } = measures
  const table = cellTableOf(outputs, options)
  const scene = useScene(props, table)

  const shownIndex = heldIndex(run, shownStep)
  const column = columns[shownIndex]
  const words = useMemo(
    () =>
      places.map((place) => {
        const output = place === undefined ? undefined : outputs[place]
        if (place === undefined || !output) return missing
        const spectrum = column?.spectra[place]
        return spectrum && saturationWords(describeSpectrum(spectrum, output.width, options), output.width)
      }),
    [places, outputs, column, options],
  )
  const tailFrom = tailStart(columns.slice(0, shownIndex + 1), table, outputs.length)
  const tailFirst = tailFrom === undefined ? undefined : bands[places.indexOf(tailFrom)]
  const tailLast = bands[places.indexOf(outputs.length - 2)]

  return (
    <>
      <HeatmapCanvas scene={scene} columns={columns} step={run.step} />
      <RowValues {...{ names, plot, bands, selected, labelled, words }} {...layout}>
        {tailFirst && tailLast && <TailBracket first={tailFirst} last={tailLast} />}
      </RowValues>
      <DataTable
        label={`saturation of run ${letter} over the steps`}
        columns={1 + outputs.length}
        read={() => saturationTable(outputs, columns, options)}
      />
    </>
  )
}

function useScene({ plot, places, measures: { pixelRatio } }: CellsProps, table: CellTable) {
  const colourScale = usePage((state) => state.view.colourScale)
  const themeKey = useThemeKey()
  return useMemo((): HeatmapScene<HistoryColumn> => {
    const colourOf = saturationColours[colourScale]
    return { plot, rows: places, missing: 'empty', table, colourOf, pixelRatio, themeKey }
  }, [plot, places, table, colourScale, pixelRatio, themeKey])
}

const missing: RowWords = { className: styles['dead'], text: '–', spoken: 'not in this network' }

/** “41 of 128 · 32 %”. */
function saturationWords(spectrum: LayerSpectrum, width: number): RowWords {
  const { count, share, caution } = describeRow(spectrum, width)
  return {
    className: joinClasses(styles['count'], share === '' && styles[spectrum.state]),
    text: count,
    bounds: halfInterval(spectrum) > 0 ? `between ${spectrum.interval.join(' and ')}` : undefined,
    share: share === '' ? undefined : share,
    caution,
    cautionMeaning: describeCaution(spectrum),
  }
}
