[(for_statement) (while_statement) (do_statement)] @loop
(function_definition declarator: (function_declarator declarator: (_) @name parameters: (_) @parameters)) @function
(function_definition
  declarator: (pointer_declarator
    declarator: (function_declarator declarator: (_) @name parameters: (_) @parameters))) @function
(call_expression function: (identifier) @called)
(call_expression function: (field_expression field: (_) @called))
(init_declarator declarator: (identifier) @variable)
(declaration declarator: (identifier) @variable)
(number_literal) @number
(translation_unit
  (declaration declarator: (init_declarator declarator: (identifier) @shared)) @_whole
  (#not-match? @_whole "const"))
(translation_unit (declaration declarator: (identifier) @shared) @_whole (#not-match? @_whole "const"))
