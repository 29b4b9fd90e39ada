import { type Colour, colours } from '#model';

/** The colours of highlights as they are written into a PDF: red, green and blue, 0 to 1. Words remain legible through them where they are multiplied. */
export const noteColours: Readonly<Record<Colour, readonly [number, number, number]>> = {
  yellow: [1, 0.89, 0.36],
  green: [0.6, 0.88, 0.54],
  blue: [0.54, 0.78, 1],
  pink: [1, 0.62, 0.75],
  violet: [0.79, 0.65, 1],
};

/** Where the hues of each begin on the circle, in degrees; what lies before the first is pink. */
const BEGINNINGS: readonly (readonly [number, Colour])[] = [
  [20, 'yellow'],
  [75, 'green'],
  [165, 'blue'],
  [240, 'violet'],
  [300, 'pink'],
];

/** The colour that one of another program is nearest to by its hue (red, green and blue, 0 to 255); what is grey, and none, is yellow. */
export function nearestColour(colour: readonly [number, number, number] | undefined): Colour {
  const [first] = colours;
  if (!colour) return first;
  const [red, green, blue] = colour;
  const most = Math.max(...colour);
  const range = most - Math.min(...colour);
  if (range < 16) return first;
  const sixth = most === red ? ((green - blue) / range + 6) % 6 : most === green ? (blue - red) / range + 2 : (red - green) / range + 4;
  return BEGINNINGS.findLast(([from]) => sixth * 60 >= from)?.[1] ?? 'pink';
}
