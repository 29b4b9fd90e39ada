import { describe, expect, it } from 'vitest';
import { guessLanguage } from '#model';

const texts: Readonly<Record<string, string>> = {
  cs: 'Když se ráno probudil, byl už den a v domě bylo ticho. Nikdo se neptal, co to je, ale všichni věděli, že za týden přijde zima a že se na ni musí připravit jako každý rok, který přišel před ním.',
  da: 'Da han vågnede om morgenen, var det allerede lyst, og der var stille i huset. Ingen spurgte, hvad det var, men alle vidste, at vinteren ville komme om en uge, og at de skulle gøre sig klar til den som hvert år.',
  de: 'Als er am Morgen erwachte, war es schon hell und das Haus war still. Niemand fragte, was es sei, aber alle wussten, dass der Winter in einer Woche kommen würde und dass man sich auf ihn vorbereiten musste wie in jedem Jahr.',
  en: 'When he woke in the morning it was already light and the house was quiet. Nobody asked what it was, but all of them knew that winter would come in a week and that they had to prepare for it as they did in every year.',
  es: 'Cuando se despertó por la mañana ya era de día y la casa estaba en silencio. Nadie preguntó qué era, pero todos sabían que el invierno llegaría en una semana y que tenían que prepararse para él como en los otros años.',
  fr: 'Quand il se réveilla le matin, il faisait déjà jour et la maison était calme. Personne ne demanda ce que c’était, mais tous savaient que l’hiver viendrait dans une semaine et qu’il fallait s’y préparer comme tous les ans, pour les enfants et les bêtes.',
  it: 'Quando si svegliò la mattina era già giorno e la casa era in silenzio. Nessuno chiese che cosa fosse, ma tutti sapevano che l’inverno sarebbe arrivato in una settimana e che per questo si doveva preparare la casa con i figli come ogni anno.',
  nl: 'Toen hij in de ochtend wakker werd, was het al licht en het huis was stil. Niemand vroeg wat het was, maar iedereen wist dat de winter over een week zou komen en dat men zich er op moest voorbereiden zoals in elk jaar.',
  pl: 'Kiedy się rano obudził, było już jasno i w domu było cicho. Nikt nie pytał, co to jest, ale wszyscy wiedzieli, że za tydzień przyjdzie zima i że trzeba się do niej przygotować jak co roku, bo nie ma na co czekać.',
  pt: 'Quando ele acordou de manhã já era dia e a casa estava em silêncio. Ninguém perguntou o que era, mas todos sabiam que o inverno chegaria em uma semana e que era preciso preparar-se para ele como em todos os anos, com os filhos e os animais.',
  ru: 'Когда он проснулся утром, было уже светло и в доме было тихо. Никто не спросил, что это, но все знали, что зима придёт через неделю и что к ней надо готовиться, как и в каждый год, который был до того, на всю семью.',
  sv: 'När han vaknade på morgonen var det redan ljust och det var tyst i huset. Ingen frågade vad det var, men alla visste att vintern skulle komma om en vecka och att man måste göra sig redo för den som varje år.',
  uk: 'Коли він прокинувся вранці, було вже світло і в хаті було тихо. Ніхто не питав, що це, але всі знали, що зима прийде за тиждень і що до неї треба готуватися, як і в кожний рік, який був до того, на всю родину.',
};

describe('guessLanguage', () => {
  it.each(Object.entries(texts))('knows %s', (language, text) => {
    expect(guessLanguage(text)).toBe(language);
  });

  it.each([
    ['zh', '他早上醒来的时候天已经亮了，屋子里很安静。没有人问那是什么，但是大家都知道。'],
    ['ja', '朝起きたときにはもう明るく、家の中は静かだった。誰もそれが何かとは尋ねなかった。'],
    ['ko', '아침에 일어났을 때는 이미 밝았고 집 안은 조용했다. 아무도 그것이 무엇인지 묻지 않았다.'],
    ['th', 'เมื่อเขาตื่นขึ้นมาในตอนเช้า ฟ้าก็สว่างแล้วและในบ้านก็เงียบสงบ'],
    ['he', 'כשהתעורר בבוקר כבר היה אור והבית היה שקט. איש לא שאל מה זה.'],
    ['el', 'Όταν ξύπνησε το πρωί ήταν ήδη φως και στο σπίτι επικρατούσε ησυχία.'],
    ['ta', 'அவன் காலையில் எழுந்தபோது ஏற்கனவே வெளிச்சமாக இருந்தது, வீடு அமைதியாக இருந்தது.'],
    [
      'ar',
      'عندما استيقظ في الصباح كان الضوء قد ملأ البيت ولم يكن في البيت أي صوت. لم يسأل أحد عن هذا الذي كان من قبل، لكن كل من في البيت كان على علم أن الشتاء قادم إلى هذا المكان مع الريح.',
    ],
    [
      'hi',
      'जब वह सुबह उठा तो घर में उजाला था और घर के लोग शांत थे। किसी ने नहीं पूछा कि यह क्या है, लेकिन सभी को पता था कि एक हफ्ते में सर्दी आने को है और उस के लिए घर को तैयार करना है।',
    ],
  ])('knows %s by its script or in it', (language, text) => {
    expect(guessLanguage(text)).toBe(language);
  });

  it.each([
    ['few words', 'The house was quiet.'],
    ['a few Greek letters', 'Let α and β be of γ.'],
    ['half Greek, half nothing known', 'αβγδεζηθικλμ Alpha Beta Gamma '.repeat(5)],
    ['names and figures', 'Alpha Beta Gamma Delta 1 2 3 '.repeat(20)],
    ['nothing', ''],
  ])('does not guess from %s', (_what, text) => {
    expect(guessLanguage(text)).toBeUndefined();
  });
});
