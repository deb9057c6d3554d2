/// The plan language. docs/language.md says what the words mean.
///
/// The grammar needs one token of lookahead, so that the parser can say what it expected. Two things are left to the
/// syntax package: new lines inside parentheses are hidden before the parser sees them, and what needs more than the
/// shape of the text (a `skip` inside a loop, a `shuffle` without its seed, `lp` after a block) is checked on the tree.
grammar LayerPlan;

file
    : statements EOF
    ;

statements
    : statement? (separator statement?)*
    ;

separator
    : SEMICOLON
    | NEWLINE
    ;

statement
    : verb=(RUN | ATTN | FFN) layers (EACH suffix+ | suffix*)   # runStatement
    | SKIP_ layers                                              # skipStatement
    | PAR body reducer suffix*                                  # parStatement
    | LOOP body repeat suffix*                                  # loopStatement
    | block suffix*                                             # blockStatement
    | LET NAME EQUALS layers                                    # letStatement
    | PARAM NAME EQUALS expression                              # paramStatement
    | PLAN NAME block                                           # planStatement
    ;

body
    : layers    # layersBody
    | block     # blockBody
    ;

block
    : LEFT_BRACE statements RIGHT_BRACE
    ;

reducer
    : AVG                                                                           # averageReducer
    | SUM                                                                           # sumReducer
    | LP                                                                            # layerParallelReducer
    | WEIGHTS LEFT_PARENTHESIS expression (COMMA expression)* RIGHT_PARENTHESIS     # weightsReducer
    ;

suffix
    : repeat                # repeatSuffix
    | SCALE expression      # scaleSuffix
    ;

repeat
    : TIMES                                                             # attachedRepeat
    | X (INTEGER | LEFT_PARENTHESIS expression RIGHT_PARENTHESIS)       # separateRepeat
    ;

layers
    : item (COMMA item)*
    ;

item
    : ALL                                                                   # allItem
    | REST                                                                  # restItem
    | REV LEFT_PARENTHESIS layers RIGHT_PARENTHESIS                         # reversedItem
    | SHUFFLE LEFT_PARENTHESIS item (COMMA argument)* RIGHT_PARENTHESIS     # shuffledItem
    | expression (RANGE expression (BY expression)?)?                       # numberedItem
    ;

/// Of a shuffle: more of its list, and last its seed.
argument
    : item                  # itemArgument
    | SEED expression       # seedArgument
    ;

expression
    : LEFT_PARENTHESIS expression RIGHT_PARENTHESIS                 # parenthesised
    | MINUS expression                                              # negation
    | expression operator=(STAR | SLASH) expression                 # binary
    | expression operator=(PLUS | MINUS) expression                 # binary
    | INTEGER                                                       # integer
    | REAL                                                          # real
    | word=(LAST | MID | LAYERS)                                    # modelNumber
    | NAME                                                          # reference
    ;

RUN: 'run';
SKIP_: 'skip';
PAR: 'par';
LOOP: 'loop';
ATTN: 'attn';
FFN: 'ffn';
LET: 'let';
PARAM: 'param';
PLAN: 'plan';
AVG: 'avg';
SUM: 'sum';
WEIGHTS: 'weights';
LP: 'lp';
EACH: 'each';
SCALE: 'scale';
BY: 'by';
REV: 'rev';
SHUFFLE: 'shuffle';
SEED: 'seed';
ALL: 'all';
REST: 'rest';
LAST: 'last';
MID: 'mid';
LAYERS: 'layers';

/// Words that later statements will need.
FUTURE: 'tap' | 'mix' | 'exit' | 'gate' | 'kv' | 'draft';

X: 'x';
TIMES: 'x' [0-9]+;
NAME: [A-Za-z_] [A-Za-z0-9_]*;
INTEGER: [0-9]+;
REAL: [0-9]+ '.' [0-9]+;

RANGE: '..';
COMMA: ',';
SEMICOLON: ';';
EQUALS: '=';
PLUS: '+';
MINUS: '-';
STAR: '*';
SLASH: '/';
LEFT_PARENTHESIS: '(';
RIGHT_PARENTHESIS: ')';
LEFT_BRACE: '{';
RIGHT_BRACE: '}';
NEWLINE: '\r\n' | '\n' | '\r';

COMMENT: '#' ~[\r\n]* -> channel(HIDDEN);
BLANKS: [ \t]+ -> skip;

/// Any other character, so that the parser and not the lexer reports it.
UNKNOWN: .;
