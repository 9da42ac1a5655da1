/** Families whose kinds are not known at first; which look hides which is shuffled by the seed. */
export const FAMILIES = ["potion", "scroll", "wand"] as const;
export type UnknownFamily = (typeof FAMILIES)[number];
type Look = { readonly name: string; readonly colour: string };

const POTIONS = `red:e05050 amber:e0a030 milky:e8e4d8 green:58b858 blue:5088e0 violet:a868d8
  black:707078 silver:b8c8d0 pink:f0a0c0 brown:906848 turquoise:40c0b8 golden:f0d050 cloudy:a8a8a0
  crimson:b02840 indigo:5850a8 clear:d8f0f8 olive:8a8a40 pearly:e8d8e8 sooty:484850 lime:a8e050`;
const METALS = `copper:e08840 tin:c0c8c8 lead:808890 brass:d0b050 nickel:b8b8a8 zinc:a8b8c8
  bronze:b08850 cobalt:5070d0 bismuth:d8a0c8 tungsten:909890 pewter:9898a0 chrome:d0d8e0
  antimony:a0a8b0 manganese:a88898`;
const TITLES = [
  "ORM VEK",
  "TALA DUN",
  "ISS MEROT",
  "KHAZ UL",
  "BEN THOLA",
  "RU GANIM",
  "OTH SAR",
  "VESH ADAR",
  "MOR ILIN",
  "ZAR EKUM",
  "HEL TOVA",
  "DUN ARIK",
  "LITH OMA",
  "GRI SETH",
  "ASH NURU",
  "TEM BALIR",
  "SUL OREM",
  "NAR IDETH",
];

/** As many looks as a family may have kinds. */
export const LOOKS: { readonly [F in UnknownFamily]: readonly Look[] } = {
  potion: listed(POTIONS),
  scroll: TITLES.map((name) => ({ name, colour: "#e8e0c0" })),
  wand: listed(METALS),
};

export function lookName(family: UnknownFamily, look: string): string {
  if (family === "scroll") return `scroll titled ${look}`;
  return `${look} ${family}`;
}

function listed(text: string): Look[] {
  return text.split(/\s+/).map((pair) => {
    const [name = "", colour = ""] = pair.split(":");
    return { name, colour: `#${colour}` };
  });
}
