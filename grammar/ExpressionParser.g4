// ap_expr: conditions, and strings with variables in them. Every decision needs one word of lookahead, so that an error is
// found where httpd's own parser finds it.
parser grammar ExpressionParser;

options { tokenVocab = ExpressionLexer; }

@header { package dev.sluice.expression; }

condition
    : whole EOF
    ;

text
    : wholeText EOF
    ;

whole
    : test
    ;

wholeText
    : string?
    ;

test
    : OP_NOT test
    | test OP_AND test
    | test OP_OR test
    | TRUE
    | FALSE
    | ERROR
    | OPEN test CLOSE
    | comparison
    | unary
    ;

unary
    : OP_UNARY word
    ;

comparison
    : word
      ( operator=(OP_STR_EQ | OP_STR_NE | OP_STR_LT | OP_STR_LE | OP_STR_GT | OP_STR_GE) word
      | operator=(OP_EQ | OP_NE | OP_LT | OP_LE | OP_GT | OP_GE) word
      | operator=OP_BINARY word
      | operator=(OP_REG | OP_NRE) pattern
      | operator=OP_IN list
      )
    ;

pattern
    : REGEX
    | REGEX_I
    ;

list
    : function
    | OPEN_LIST words CLOSE_LIST
    ;

words
    : word (COMMA word)*
    ;

word
    : atom (OP_CONCAT atom)*
    ;

atom
    : DIGIT
    | variable
    | backref
    | function
    | STR_BEGIN string? STR_END
    ;

string
    : ERROR
    | part+
    ;

part
    : STRING
    | variable
    | backref
    ;

variable
    : VAR_BEGIN ID (COLON string)? VAR_END
    ;

function
    : ID OPEN word CLOSE
    ;

backref
    : REGEX_BACKREF
    ;
