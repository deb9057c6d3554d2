/// Printed graphs, one node after the other. Which operations there are, what they take and which attributes they have
/// is the reader's business: a new operation does not change the grammar.
grammar LayerGraph;

graph
    : GRAPH TEXT LEFT_PARENTHESIS parameter COMMA parameter RIGHT_PARENTHESIS
      LEFT_BRACE node* RETURN VALUE RIGHT_BRACE EOF
    ;

parameter
    : VALUE COLON type
    ;

node
    : VALUE EQUALS call (COLON type)?
    ;

/// What an operation was fused with stands where its value stood, as a call inside the call.
call
    : NAME LEFT_PARENTHESIS (argument (COMMA argument)*)? RIGHT_PARENTHESIS attributes?
    ;

argument
    : (number STAR)? operand
    ;

operand
    : VALUE     # valueOperand
    | TEXT      # textOperand
    | call      # callOperand
    ;

attributes
    : LEFT_BRACE attribute (COMMA attribute)* RIGHT_BRACE
    ;

attribute
    : NAME EQUALS setting
    ;

setting
    : number    # numberSetting
    | VALUE     # valueSetting
    | call      # callSetting
    | NAME      # wordSetting
    ;

number
    : INTEGER
    | REAL
    ;

type
    : NAME LEFT_BRACKET dimension (COMMA dimension)* RIGHT_BRACKET
    ;

dimension
    : NAME INTEGER?
    | INTEGER
    ;

GRAPH: 'graph';
RETURN: 'return';

VALUE: '%' [0-9]+;
TEXT: '"' ('\\' ~[\r\n] | ~["\\\r\n])* '"';
NAME: [A-Za-z_] [A-Za-z0-9_]*;
INTEGER: '-'? [0-9]+;
REAL: '-'? [0-9]+ ('.' [0-9]+)? ([eE] [+-]? [0-9]+)?;

COMMA: ',';
COLON: ':';
EQUALS: '=';
STAR: '*';
LEFT_PARENTHESIS: '(';
RIGHT_PARENTHESIS: ')';
LEFT_BRACE: '{';
RIGHT_BRACE: '}';
LEFT_BRACKET: '[';
RIGHT_BRACKET: ']';

COMMENT: '#' ~[\r\n]* -> skip;
BLANKS: [ \t\r\n]+ -> skip;

/// Any other character, so that the parser and not the lexer reports it.
UNKNOWN: .;
