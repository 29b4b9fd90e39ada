import { Component, type ReactNode } from 'react';
import { reportError } from '../state/actions/notices';
import { saving } from '../state/notebook-sync';

interface ErrorBoundaryProps {
  children: ReactNode;
  /** What is shown in place of the children; `retry` draws them again. */
  fallback(error: unknown, retry: () => void): ReactNode;
  /** What the children show: when one of these is another, they are drawn again. */
  content?: readonly unknown[];
  onError?(): void;
}

interface ErrorBoundaryState {
  broke: boolean;
  error?: unknown;
  content: readonly unknown[];
}

/** Catches a bug of the interface, so that what stands beside it goes on: saves what is not saved, and logs. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { broke: false, content: this.props.content ?? [] };

  static getDerivedStateFromError(error: unknown) {
    return { broke: true, error };
  }

  static getDerivedStateFromProps({ content = [] }: ErrorBoundaryProps, state: ErrorBoundaryState): ErrorBoundaryState | null {
    const isSame = content.length === state.content.length && content.every((part, index) => Object.is(part, state.content[index]));
    return isSame ? null : { broke: false, content };
  }

  override componentDidCatch(error: unknown) {
    this.props.onError?.();
    reportError(error);
    void saving.flush();
  }

  override render() {
    const { broke, error } = this.state;
    return broke ? this.props.fallback(error, () => this.setState({ broke: false, error: undefined })) : this.props.children;
  }
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
