import { expect, type Locator, type Page } from 'playwright/test'
import { writeLink } from '../../../app/experiment/link'
import { parseSpecOrThrow } from '../../../app/experiment/schema'
import type { ExperimentDocument } from '../../../app/experiment/spec'

/** What one row of the heatmap says: “hidden 1: 43 of 80 · 54 %”. */
export interface RowText {
  readonly name: string
  /** Directions counted, k. */
  readonly directions: number
  readonly width: number
  /** Whole per cent. */
  readonly percent: number
}

/** Software WebGPU on two busy cores: nothing is expected sooner, and nothing waits longer than it must. */
export const patience = { timeout: 60_000, intervals: [100, 250, 500] }

/** The page as its users find it: by role and accessible name. */
export class Saturascope {
  readonly page: Page
  readonly run: Locator
  readonly saturation: Locator
  readonly spectrum: Locator
  readonly curves: Locator
  readonly surface: Locator
  /** The heatmap's surface: a slider over steps. */
  readonly heatmap: Locator
  /** The button that carries the experiment's name and opens the gallery. */
  readonly experiment: Locator
  readonly gallery: Locator

  constructor(page: Page) {
    this.page = page
    this.run = page.getByRole('region', { name: 'Run', exact: true })
    this.saturation = page.getByRole('region', { name: 'Saturation' })
    this.spectrum = page.getByRole('region', { name: 'Spectrum' })
    this.curves = page.getByRole('region', { name: /^Loss/ })
    this.surface = page.getByRole('region', { name: /^(Decision surface|Prediction)$/ })
    this.heatmap = page.getByRole('slider', { name: /^Saturation heatmap/ })
    this.experiment = page.getByRole('button', { name: /^Experiment: / })
    this.gallery = page.getByRole('dialog', { name: 'Experiments' })
  }

  /** Opens the page, with an experiment in its address if one is given, and on a certain engine. */
  async open(document?: ExperimentDocument, engine: 'auto' | 'reference' = 'auto'): Promise<void> {
    const query = engine === 'auto' ? '' : `?engine=${engine}`
    await this.page.goto(`./${query}${document ? writeLink(parseSpecOrThrow(document)) : ''}`)
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' })
  }

  /** The card of a preset, in the open gallery. */
  card(title: string): Locator {
    return this.gallery.getByRole('button', { name: title, exact: true })
  }

  async openGallery(): Promise<void> {
    await this.experiment.click()
    await expect(this.gallery.getByRole('heading', { name: 'Start here' })).toBeVisible()
  }

  /** Starts a preset from the gallery. */
  async choosePreset(title: string): Promise<void> {
    await this.openGallery()
    await this.card(title).click()
    await expect(this.gallery).toBeHidden()
    await expect(this.experiment).toHaveAccessibleName(`Experiment: ${title}`)
  }

  /** Steps done, as the progress bar tells it. */
  async step(): Promise<number> {
    const bar = this.run.getByRole('progressbar', { name: 'Planned steps done' })
    return bar.evaluate((element: HTMLProgressElement) => element.value)
  }

  /** Waits until at least `step` updates are done. */
  async reach(step: number, timeout = patience.timeout): Promise<void> {
    await expect.poll(() => this.step(), { ...patience, timeout }).toBeGreaterThanOrEqual(step)
  }

  /** The heatmap of a run, or what stands in its place while differences are shown. */
  heatmapOf(letter: string): Locator {
    return this.saturation.getByRole('figure', { name: new RegExp(`^Saturation of run ${letter}\\b`) })
  }

  /** The values beside the heatmap, the active run’s of several: one for each measured layer; empty before the first column. */
  async rows(): Promise<RowText[]> {
    const [, letter] = /^Saturation heatmap of run (\w)/.exec((await this.heatmap.evaluateAll(labelOf)) ?? '') ?? []
    const place = letter === undefined ? this.saturation : this.heatmapOf(letter)
    const texts = await place.getByRole('listitem').allTextContents()
    return texts.flatMap(parseRow)
  }

  /** Widths of the measured layers; empty before the first column. */
  async widths(): Promise<number[]> {
    return (await this.rows()).map(({ width }) => width)
  }

  /** Waits for a column and returns its values. */
  async measuredRows(): Promise<RowText[]> {
    await expect.poll(async () => (await this.rows()).length, patience).toBeGreaterThan(0)
    return this.rows()
  }

  /** The step of the column that all values belong to. */
  async shownStep(): Promise<number> {
    return Number(await this.heatmap.getAttribute('aria-valuenow'))
  }

  async pause(): Promise<void> {
    await this.button('Pause').click()
    await expect(this.page.getByText(/^Paused at step [\d,]+\.$/)).toBeAttached(patience)
  }

  async setPace(pace: 'watch' | 'max'): Promise<void> {
    await this.run.getByRole('radio', { name: pace }).check({ force: true })
  }

  /** How the heatmaps of several runs are shown. */
  async compare(how: 'each' | 'difference' | 'one'): Promise<void> {
    await this.saturation.getByRole('radio', { name: how, exact: true }).check({ force: true })
  }

  /** δ in per cent, typed into the field behind “other…”. */
  async setThreshold(percent: number): Promise<void> {
    const name = 'δ: share of the variance to explain'
    await this.page.getByRole('combobox', { name }).selectOption({ label: 'other…' })
    const field = this.page.getByRole('spinbutton', { name })
    await field.fill(String(percent))
    await field.press('Enter')
    await field.blur()
  }

  /** Types a number into a field and leaves it. */
  async setNumber(name: string, value: number): Promise<void> {
    const field = this.page.getByRole('spinbutton', { name, exact: true })
    await field.fill(String(value))
    await field.press('Enter')
  }

  /** Adds a layer as offered, by its title: “Dense 64”. */
  async addLayer(title: string): Promise<void> {
    await this.button('Add a layer').click()
    const palette = this.page.getByRole('dialog', { name: 'Add a layer' })
    // The explanation follows the title; “Dense 64 + 20 % dropout” is another offer.
    await palette.getByRole('button', { name: new RegExp(`^${title} [A-Z]`) }).click()
  }

  /** Does something with a layer as a whole, from its menu. */
  async actOnLayer(layer: string, action: 'Move up' | 'Move down' | 'Duplicate' | 'Remove'): Promise<void> {
    const name = `${layer}: move, duplicate, remove`
    await this.button(name).click()
    await this.page.getByRole('dialog', { name }).getByRole('button', { name: action }).click()
  }

  /** Unfolds settings a newcomer need not meet. */
  async unfold(label: string): Promise<void> {
    await this.page.getByText(label, { exact: true }).click()
  }
}

/** Runs in the page: empty before there is such an element. */
function labelOf([element]: (HTMLElement | SVGElement)[]): string | null {
  return element?.getAttribute('aria-label') ?? null
}

function parseRow(text: string): RowText[] {
  const [, name, directions, width, percent] =
    /^(.+?): ([\d,]+)(?: ±[\d,]+)? of ([\d,]+) · ([\d.]+)\s%/.exec(text) ?? []
  if (name === undefined) return []
  return [{ name, directions: toNumber(directions), width: toNumber(width), percent: toNumber(percent) }]
}

/** “1,024” → 1024. */
function toNumber(text = ''): number {
  return Number(text.replaceAll(',', ''))
}
