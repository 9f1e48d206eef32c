const RADIANS = Math.PI / 180;

/**
 * Natural Earth, a compromise projection for maps of the whole world: T. Patterson and B. Šavrič,
 * "A polynomial equation for the Natural Earth projection", CaGIS 38 (2011), for the unit sphere.
 *
 * @returns x to the east and y to the south, as screens have them
 */
export function project(longitude: number, latitude: number): [number, number] {
  const phi = latitude * RADIANS;
  const p2 = phi * phi;
  const p4 = p2 * p2;
  const x = longitude * RADIANS * (0.8707 - 0.131979 * p2 + p4 * (-0.013791 + p4 * (0.003971 * p2 - 0.001529 * p4)));
  const y = phi * (1.007226 + p2 * (0.015085 + p4 * (-0.044475 + 0.028874 * p2 - 0.005916 * p4)));
  return [x, -y];
}

export type Ring = readonly (readonly [number, number])[];

/**
 * A ring of longitudes and latitudes in parts that do not cross the 180th meridian, where a map of the
 * world has its edges. Rings around a pole are none of ours.
 */
export function partsOf(ring: Ring): Ring[] {
  let turns = 0;
  const whole = ring.map(([longitude, latitude], index): [number, number] => {
    const step = index === 0 ? 0 : longitude - (ring[index - 1]?.[0] ?? 0);
    if (step > 180) turns -= 360;
    if (step < -180) turns += 360;
    return [longitude + turns, latitude];
  });
  return [-360, 0, 360]
    .map((shift) => whole.map(([longitude, latitude]): [number, number] => [longitude + shift, latitude]))
    .map((moved) => cut(cut(moved, -180, 1), 180, -1))
    .filter((part) => part.length > 2);
}

/** What of a ring lies on one side of a meridian: east of it with sign 1, west of it with sign -1. */
function cut(ring: Ring, meridian: number, sign: 1 | -1): Ring {
  const isInside = ([longitude]: readonly [number, number]) => sign * (longitude - meridian) >= 0;
  return ring.flatMap((point, index) => {
    const before = ring.at(index - 1) ?? point;
    const crossing: [number, number] = [
      meridian,
      before[1] + ((point[1] - before[1]) * (meridian - before[0])) / (point[0] - before[0] || 1),
    ];
    if (isInside(point)) return isInside(before) ? [point] : [crossing, point];
    return isInside(before) ? [crossing] : [];
  });
}

/** What is drawn of one country: the path of an SVG, and the middle of its largest part. */
export interface Outline {
  path: string;
  middle: [number, number];
}

/**
 * The outline of polygons.
 *
 * @param polygons each with its rings of projected points
 */
export function outline(polygons: readonly (readonly Ring[])[]): Outline {
  let largest = -1;
  let middle: [number, number] = [0, 0];
  for (const ring of polygons.flat()) {
    const xs = ring.map(([x]) => x);
    const ys = ring.map(([, y]) => y);
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const size = (right - left) * (bottom - top);
    if (size > largest) {
      largest = size;
      middle = [(left + right) / 2, (top + bottom) / 2];
    }
  }
  return { path: polygons.flat().map(closed).join(''), middle };
}

const closed = (ring: Ring) => 'M' + ring.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join('L') + 'Z';
