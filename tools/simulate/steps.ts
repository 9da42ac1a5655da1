/** Steps of a run, at each of which things go wrong and players do things. */
export const STEPS_DEFAULT = 60;
