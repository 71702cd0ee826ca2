/** Loudness over time, the part that was heard in colour; a plain bar where it is not known. Decoration: the slider over it has the name. */
const HEIGHT = 32;

export function Waveform({ peaks, share }: { peaks: readonly number[] | null; share: number }) {
  const parts = peaks ?? [];
  return (
    <svg viewBox={`0 0 ${Math.max(1, parts.length)} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      {peaks === null ? (
        <>
          <rect className="player-rest" x={0} y={HEIGHT / 2 - 2} width={1} height={4} />
          <rect className="player-heard" x={0} y={HEIGHT / 2 - 2} width={share} height={4} />
        </>
      ) : (
        <>
          <path className="player-rest" d={bars(parts)} />
          <path className="player-heard" d={bars(parts.slice(0, Math.round(share * parts.length)))} />
        </>
      )}
    </svg>
  );
}

function bars(peaks: readonly number[]): string {
  return peaks
    .map((peak, index) => {
      const height = Math.max(1, peak * (HEIGHT - 2));
      const top = (HEIGHT - height) / 2;
      return `M${index + 0.15} ${top}h0.7v${height}h-0.7z`;
    })
    .join('');
}
