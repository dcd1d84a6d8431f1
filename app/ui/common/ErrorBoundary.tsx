import { Component, type ReactNode } from 'react'
import { Button } from './Button'
import styles from './ErrorBoundary.module.css'

interface ErrorBoundaryProps {
  /** What failed, as the subject of a sentence: “The saturation chart”. */
  readonly subject: string
  readonly children: ReactNode
}

interface ErrorBoundaryState {
  readonly message: string | undefined
}

/** Keeps the failure of one chart from taking the page along; the worker knows nothing of it and trains on. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { message: undefined }

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { message: error instanceof Error ? error.message : String(error) }
  }

  override render() {
    const { message } = this.state
    if (message === undefined) return this.props.children
    return (
      <div role="alert" className={styles['failed']}>
        <p>
          {this.props.subject} failed: {message}
        </p>
        <p className={styles['calm']}>Training goes on.</p>
        <Button onClick={() => this.setState({ message: undefined })}>Try again</Button>
      </div>
    )
  }
}
