set(CMAKE_CXX_STANDARD 17)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

option(SOBOLEV_DEBUG_INFORMATION
  "Keep what a debugger needs (Debug mode); without, compiling is faster" ON)

# Options for our own code only: headers of deal.II and Trilinos are included
# as system headers by deal_ii_setup_target().
function(sobolev_set_warnings _target)
  target_compile_options(${_target} PRIVATE -Wall -Wextra -Wpedantic
    -Woverloaded-virtual -Wno-psabi)
  if(SOBOLEV_WARNINGS_AS_ERRORS)
    target_compile_options(${_target} PRIVATE -Werror)
  endif()
  # deal.II's flags ask for debug information in Release mode, too, and unroll
  # all loops: a quarter of the compile time, and slower code.
  target_compile_options(${_target} PRIVATE
    "$<$<CONFIG:Release>:-g0;-fno-unroll-loops;-fno-unroll-all-loops>")
  if(NOT SOBOLEV_DEBUG_INFORMATION)
    target_compile_options(${_target} PRIVATE -g0)
  endif()
  if(SOBOLEV_SANITIZERS)
    target_compile_options(${_target} PRIVATE
      -fsanitize=${SOBOLEV_SANITIZERS} -fno-omit-frame-pointer
      -fno-sanitize-recover=undefined)
    target_link_options(${_target} PRIVATE -fsanitize=${SOBOLEV_SANITIZERS})
  endif()
endfunction()
