/** Shown in place of the application when there is no host to talk to. */
export function CannotStart({ error }: { error: unknown }) {
  return (
    <main className="empty">
      <h1>Lectern could not start</h1>
      <p role="alert">{error instanceof Error ? error.message : String(error)}</p>
    </main>
  );
}
